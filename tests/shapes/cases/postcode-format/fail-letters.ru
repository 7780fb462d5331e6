# Breaks: postcode-format
# Letters where Germany has digits.

DELETE { <participation/Alpen900-002/address> locn:postCode ?old }
INSERT { <participation/Alpen900-002/address> locn:postCode "D-8743" }
WHERE { <participation/Alpen900-002/address> locn:postCode ?old }

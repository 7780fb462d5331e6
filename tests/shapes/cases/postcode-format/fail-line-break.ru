# Breaks: postcode-format
# A line break after the postcode.

DELETE { <participation/Alpen900-002/address> locn:postCode ?old }
INSERT { <participation/Alpen900-002/address> locn:postCode "87435\n" }
WHERE { <participation/Alpen900-002/address> locn:postCode ?old }

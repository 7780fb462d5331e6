# Breaks: address-form
# A postcode as a number.

DELETE { <participation/Alpen900-002/address> locn:postCode ?old }
INSERT { <participation/Alpen900-002/address> locn:postCode 87435 }
WHERE { <participation/Alpen900-002/address> locn:postCode ?old }

# Breaks: postcode-format
# One digit too many for Austria: the pattern covers the whole text.

DELETE { <participation/Alpen900-001/address> locn:postCode ?old }
INSERT { <participation/Alpen900-001/address> locn:postCode "40201" }
WHERE { <participation/Alpen900-001/address> locn:postCode ?old }

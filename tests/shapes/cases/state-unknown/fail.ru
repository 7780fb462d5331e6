# Breaks: state-unknown
# The English name.

DELETE { <participation/Alpen900-002/address> locn:adminUnitL2 ?old }
INSERT { <participation/Alpen900-002/address> locn:adminUnitL2 "Bavaria" }
WHERE { <participation/Alpen900-002/address> locn:adminUnitL2 ?old }

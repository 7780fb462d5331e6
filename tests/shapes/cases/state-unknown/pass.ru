# Another of the sixteen.

DELETE { <participation/Alpen900-002/address> locn:adminUnitL2 ?old }
INSERT { <participation/Alpen900-002/address> locn:adminUnitL2 "Baden-Württemberg" }
WHERE { <participation/Alpen900-002/address> locn:adminUnitL2 ?old }

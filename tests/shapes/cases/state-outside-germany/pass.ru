# A town of that name is not a state.

DELETE { <participation/Alpen900-001/address> locn:postName ?old }
INSERT { <participation/Alpen900-001/address> locn:postName "Berlin" }
WHERE { <participation/Alpen900-001/address> locn:postName ?old }

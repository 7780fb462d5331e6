# Breaks: address-form
# A town with a language.

DELETE { <participation/Alpen900-002/address> locn:postName ?old }
INSERT { <participation/Alpen900-002/address> locn:postName "Kempten"@de }
WHERE { <participation/Alpen900-002/address> locn:postName ?old }

# A country without a stated form is not checked.

DELETE { <participation/Alpen900-001/address> interreg:country ?old }
INSERT { <participation/Alpen900-001/address> interreg:country country:PSE }
WHERE { <participation/Alpen900-001/address> interreg:country ?old }

# Breaks: address-form
# A country as text; whether it has a federal state is not judged.

DELETE { <participation/Alpen900-003/address> interreg:country ?old }
INSERT { <participation/Alpen900-003/address> interreg:country "IT" }
WHERE { <participation/Alpen900-003/address> interreg:country ?old }

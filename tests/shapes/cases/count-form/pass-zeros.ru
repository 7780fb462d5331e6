# A number with zeros before it.

DELETE { <project/Alpen900> interreg:statedPartnerCount ?old }
INSERT { <project/Alpen900> interreg:statedPartnerCount "003"^^xsd:integer }
WHERE { <project/Alpen900> interreg:statedPartnerCount ?old }

# A plus sign.

DELETE { <project/Alpen900> interreg:erdf ?old }
INSERT { <project/Alpen900> interreg:erdf "+800000.00"^^xsd:decimal }
WHERE { <project/Alpen900> interreg:erdf ?old }

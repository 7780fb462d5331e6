# Cents after a point.

DELETE { <project/Alpen900> interreg:erdf ?old }
INSERT { <project/Alpen900> interreg:erdf "799999.99"^^xsd:decimal }
WHERE { <project/Alpen900> interreg:erdf ?old }

# Zero with a minus sign.

DELETE { <project/Alpen900> interreg:erdf ?old }
INSERT { <project/Alpen900> interreg:erdf "-0.00"^^xsd:decimal }
WHERE { <project/Alpen900> interreg:erdf ?old }

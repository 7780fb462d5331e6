# A whole number, as XML Schema 1.1 writes it.

DELETE { <project/Alpen900> interreg:erdf ?old }
INSERT { <project/Alpen900> interreg:erdf "800000"^^xsd:decimal }
WHERE { <project/Alpen900> interreg:erdf ?old }

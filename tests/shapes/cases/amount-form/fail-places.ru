# Breaks: amount-form
# More places than money has.

DELETE { <project/Alpen900> interreg:erdf ?old }
INSERT { <project/Alpen900> interreg:erdf "800000.1234567"^^xsd:decimal }
WHERE { <project/Alpen900> interreg:erdf ?old }

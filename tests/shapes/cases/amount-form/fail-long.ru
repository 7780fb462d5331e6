# Breaks: amount-form
# A number of 25 digits.

DELETE { <project/Alpen900> interreg:erdf ?old }
INSERT { <project/Alpen900> interreg:erdf "9999999999999999999999999"^^xsd:decimal }
WHERE { <project/Alpen900> interreg:erdf ?old }

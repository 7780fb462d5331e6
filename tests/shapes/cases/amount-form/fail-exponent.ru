# Breaks: amount-form
# An exponent.

DELETE { <project/Alpen900> interreg:erdf ?old }
INSERT { <project/Alpen900> interreg:erdf "1e3"^^xsd:decimal }
WHERE { <project/Alpen900> interreg:erdf ?old }

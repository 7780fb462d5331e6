# Breaks: amount-form
# No number, as computers write it.

DELETE { <project/Alpen900> interreg:erdf ?old }
INSERT { <project/Alpen900> interreg:erdf "NaN"^^xsd:decimal }
WHERE { <project/Alpen900> interreg:erdf ?old }

# Breaks: amount-form
# A line break after the number.

DELETE { <project/Alpen900> interreg:erdf ?old }
INSERT { <project/Alpen900> interreg:erdf "800000\n"^^xsd:decimal }
WHERE { <project/Alpen900> interreg:erdf ?old }

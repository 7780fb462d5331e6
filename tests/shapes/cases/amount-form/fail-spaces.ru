# Breaks: amount-form
# Spaces around the number.

DELETE { <project/Alpen900> interreg:erdf ?old }
INSERT { <project/Alpen900> interreg:erdf " 5 "^^xsd:decimal }
WHERE { <project/Alpen900> interreg:erdf ?old }

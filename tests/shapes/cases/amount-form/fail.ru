# Breaks: amount-form
# The German way of writing an amount.

DELETE { <project/Alpen900> interreg:erdf ?old }
INSERT { <project/Alpen900> interreg:erdf "800.000,00"^^xsd:decimal }
WHERE { <project/Alpen900> interreg:erdf ?old }

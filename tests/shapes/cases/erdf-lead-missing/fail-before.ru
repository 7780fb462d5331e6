# Breaks: erdf-lead-missing
# The day before Austria joined.

DELETE { <project/Alpen900> interreg:startDate ?old }
INSERT { <project/Alpen900> interreg:startDate "1994-12-31"^^xsd:date }
WHERE { <project/Alpen900> interreg:startDate ?old }

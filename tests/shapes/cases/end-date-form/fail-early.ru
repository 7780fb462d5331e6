# Breaks: end-date-form
# A year before 1900.

DELETE { <project/Alpen900> interreg:endDate ?old }
INSERT { <project/Alpen900> interreg:endDate "1899-12-31"^^xsd:date }
WHERE { <project/Alpen900> interreg:endDate ?old }

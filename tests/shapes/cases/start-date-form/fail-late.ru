# Breaks: start-date-form
# A year after 2100.

DELETE { <project/Alpen900> interreg:startDate ?old }
INSERT { <project/Alpen900> interreg:startDate "2101-01-31"^^xsd:date }
WHERE { <project/Alpen900> interreg:startDate ?old }

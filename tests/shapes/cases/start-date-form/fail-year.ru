# Breaks: start-date-form, erdf-lead-missing
# A year of five digits.

DELETE { <project/Alpen900> interreg:startDate ?old }
INSERT { <project/Alpen900> interreg:startDate "12016-11-01"^^xsd:date }
WHERE { <project/Alpen900> interreg:startDate ?old }

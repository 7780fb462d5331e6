# Breaks: day-month-swap
# The start of the reference record: 11 January, or 1 November.

DELETE { <project/Alpen900> interreg:startDate ?old }
INSERT { <project/Alpen900> interreg:startDate "2016-01-11"^^xsd:date }
WHERE { <project/Alpen900> interreg:startDate ?old }

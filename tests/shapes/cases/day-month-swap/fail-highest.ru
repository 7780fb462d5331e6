# Breaks: day-month-swap

DELETE { <project/Alpen900> interreg:startDate ?old }
INSERT { <project/Alpen900> interreg:startDate "2016-01-12"^^xsd:date }
WHERE { <project/Alpen900> interreg:startDate ?old }

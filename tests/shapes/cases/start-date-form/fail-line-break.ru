# Breaks: start-date-form
# A line break after the date.

DELETE { <project/Alpen900> interreg:startDate ?old }
INSERT { <project/Alpen900> interreg:startDate "2016-11-01\n"^^xsd:date }
WHERE { <project/Alpen900> interreg:startDate ?old }

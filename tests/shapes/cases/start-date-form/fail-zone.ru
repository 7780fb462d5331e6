# Breaks: start-date-form
# A date with a time zone.

DELETE { <project/Alpen900> interreg:startDate ?old }
INSERT { <project/Alpen900> interreg:startDate "2016-11-01Z"^^xsd:date }
WHERE { <project/Alpen900> interreg:startDate ?old }

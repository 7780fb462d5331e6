# Breaks: end-date-form
# A date with a time zone.

DELETE { <project/Alpen900> interreg:endDate ?old }
INSERT { <project/Alpen900> interreg:endDate "2019-04-30Z"^^xsd:date }
WHERE { <project/Alpen900> interreg:endDate ?old }

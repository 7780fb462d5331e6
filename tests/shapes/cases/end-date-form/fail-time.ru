# Breaks: end-date-form
# A point in time.

DELETE { <project/Alpen900> interreg:endDate ?old }
INSERT { <project/Alpen900> interreg:endDate "2019-04-30T00:00:00"^^xsd:dateTime }
WHERE { <project/Alpen900> interreg:endDate ?old }

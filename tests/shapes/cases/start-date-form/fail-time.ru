# Breaks: start-date-form
# A point in time.

DELETE { <project/Alpen900> interreg:startDate ?old }
INSERT { <project/Alpen900> interreg:startDate "2016-11-01T00:00:00"^^xsd:dateTime }
WHERE { <project/Alpen900> interreg:startDate ?old }

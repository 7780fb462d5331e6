# Breaks: start-after-end
# Ends the day before.

DELETE { <project/Alpen900> interreg:endDate ?old }
INSERT { <project/Alpen900> interreg:endDate "2016-10-31"^^xsd:date }
WHERE { <project/Alpen900> interreg:endDate ?old }

# Breaks: start-date-form
# A day that does not exist.

DELETE { <project/Alpen900> interreg:startDate ?old }
INSERT { <project/Alpen900> interreg:startDate "2016-02-31"^^xsd:date }
WHERE { <project/Alpen900> interreg:startDate ?old }

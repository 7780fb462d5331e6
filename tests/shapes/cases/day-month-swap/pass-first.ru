# The first of January is the same either way.

DELETE { <project/Alpen900> interreg:startDate ?old }
INSERT { <project/Alpen900> interreg:startDate "2016-01-01"^^xsd:date }
WHERE { <project/Alpen900> interreg:startDate ?old }

# There is no thirteenth month.

DELETE { <project/Alpen900> interreg:startDate ?old }
INSERT { <project/Alpen900> interreg:startDate "2016-01-13"^^xsd:date }
WHERE { <project/Alpen900> interreg:startDate ?old }

# The last year that is allowed.

DELETE { <project/Alpen900> interreg:endDate ?old }
INSERT { <project/Alpen900> interreg:endDate "2100-12-31"^^xsd:date }
WHERE { <project/Alpen900> interreg:endDate ?old }

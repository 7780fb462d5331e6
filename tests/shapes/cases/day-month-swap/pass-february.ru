# The exchanged reading, 2 November, is not the first of a month either.

DELETE { <project/Alpen900> interreg:startDate ?old }
INSERT { <project/Alpen900> interreg:startDate "2016-02-11"^^xsd:date }
WHERE { <project/Alpen900> interreg:startDate ?old }

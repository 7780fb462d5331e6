# Ends on the day it starts.

DELETE { <project/Alpen900> interreg:endDate ?old }
INSERT { <project/Alpen900> interreg:endDate "2016-11-01"^^xsd:date }
WHERE { <project/Alpen900> interreg:endDate ?old }

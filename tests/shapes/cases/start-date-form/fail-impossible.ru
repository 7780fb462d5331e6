# Breaks: start-date-form
# A day that does not exist. The other date is removed, as the two could not be compared.

DELETE { <project/Alpen900> interreg:startDate ?old }
INSERT { <project/Alpen900> interreg:startDate "2016-02-31"^^xsd:date }
WHERE { <project/Alpen900> interreg:startDate ?old } ;
DELETE WHERE { <project/Alpen900> interreg:endDate ?old }

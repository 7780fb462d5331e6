# Breaks: end-date-form
# A date left as text. The other date is removed, as the two could not be compared.

DELETE { <project/Alpen900> interreg:endDate ?old }
INSERT { <project/Alpen900> interreg:endDate "01.11.16" }
WHERE { <project/Alpen900> interreg:endDate ?old } ;
DELETE WHERE { <project/Alpen900> interreg:startDate ?old }

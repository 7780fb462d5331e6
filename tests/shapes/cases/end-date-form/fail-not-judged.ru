# Breaks: end-date-form
# A day that does not exist, and before the start as text, which is not judged.

DELETE { <project/Alpen900> interreg:endDate ?old }
INSERT { <project/Alpen900> interreg:endDate "2016-04-31"^^xsd:date }
WHERE { <project/Alpen900> interreg:endDate ?old }

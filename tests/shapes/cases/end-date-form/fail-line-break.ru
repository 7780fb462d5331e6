# Breaks: end-date-form
# A line break after the date.

DELETE { <project/Alpen900> interreg:endDate ?old }
INSERT { <project/Alpen900> interreg:endDate "2019-04-30\n"^^xsd:date }
WHERE { <project/Alpen900> interreg:endDate ?old }

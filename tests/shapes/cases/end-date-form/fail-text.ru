# Breaks: end-date-form
# A date left as text.

DELETE { <project/Alpen900> interreg:endDate ?old }
INSERT { <project/Alpen900> interreg:endDate "01.11.16" }
WHERE { <project/Alpen900> interreg:endDate ?old }

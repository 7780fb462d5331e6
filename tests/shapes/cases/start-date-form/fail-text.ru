# Breaks: start-date-form
# A date left as text.

DELETE { <project/Alpen900> interreg:startDate ?old }
INSERT { <project/Alpen900> interreg:startDate "01.11.16" }
WHERE { <project/Alpen900> interreg:startDate ?old }

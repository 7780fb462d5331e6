# Breaks: currency-form
# A code of four letters.

DELETE { <project/Alpen900> interreg:currency ?old }
INSERT { <project/Alpen900> interreg:currency currency:EURO }
WHERE { <project/Alpen900> interreg:currency ?old }

# Breaks: currency-form
# The code as text.

DELETE { <project/Alpen900> interreg:currency ?old }
INSERT { <project/Alpen900> interreg:currency "EUR" }
WHERE { <project/Alpen900> interreg:currency ?old }

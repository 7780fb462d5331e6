# Breaks: currency-form
# An IRI of another table.

DELETE { <project/Alpen900> interreg:currency ?old }
INSERT { <project/Alpen900> interreg:currency country:DEU }
WHERE { <project/Alpen900> interreg:currency ?old }

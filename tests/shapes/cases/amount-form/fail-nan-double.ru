# Breaks: amount-form
# No number, as a binary floating-point number.

DELETE { <project/Alpen900> interreg:totalBudget ?old }
INSERT { <project/Alpen900> interreg:totalBudget "NaN"^^xsd:double }
WHERE { <project/Alpen900> interreg:totalBudget ?old }

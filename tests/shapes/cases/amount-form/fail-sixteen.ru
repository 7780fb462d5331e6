# Breaks: amount-form
# A number of 16 digits.

DELETE { <project/Alpen900> interreg:totalBudget ?old }
INSERT { <project/Alpen900> interreg:totalBudget "1000000000000000"^^xsd:decimal }
WHERE { <project/Alpen900> interreg:totalBudget ?old }

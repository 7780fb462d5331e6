# Breaks: amount-form
# A text.

DELETE { <project/Alpen900> interreg:totalBudget ?old }
INSERT { <project/Alpen900> interreg:totalBudget "1000000" }
WHERE { <project/Alpen900> interreg:totalBudget ?old }

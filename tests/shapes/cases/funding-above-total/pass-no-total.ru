# Nothing to compare with.

DELETE WHERE { <project/Alpen900> interreg:totalBudget ?old }

# Parts below the total: the share of a partner outside the EU is in neither.

DELETE { <project/Alpen900> interreg:totalBudget ?old }
INSERT { <project/Alpen900> interreg:totalBudget 1250000.0 }
WHERE { <project/Alpen900> interreg:totalBudget ?old }

# A total below zero is another fault, and no part is stated that could exceed it.

DELETE { <project/Alpen900> interreg:totalBudget ?old ; interreg:erdf ?erdf ; interreg:coFinancing ?own }
INSERT { <project/Alpen900> interreg:totalBudget 0.0 }
WHERE { <project/Alpen900> interreg:totalBudget ?old ; interreg:erdf ?erdf ; interreg:coFinancing ?own }

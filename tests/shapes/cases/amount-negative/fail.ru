# Breaks: amount-negative
# One cent below zero.

DELETE { <project/Alpen900> interreg:coFinancing ?old }
INSERT { <project/Alpen900> interreg:coFinancing -0.01 }
WHERE { <project/Alpen900> interreg:coFinancing ?old }

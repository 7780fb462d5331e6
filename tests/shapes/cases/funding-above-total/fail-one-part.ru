# Breaks: funding-above-total
# One part alone is above the total.

DELETE { <project/Alpen900> interreg:erdf ?old }
INSERT { <project/Alpen900> interreg:erdf 1000000.01 }
WHERE { <project/Alpen900> interreg:erdf ?old } ;
DELETE WHERE { <project/Alpen900> interreg:coFinancing ?old }

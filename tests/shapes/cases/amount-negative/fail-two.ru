# Breaks: amount-negative
# The same negative amount twice: both places are reported.

DELETE { <project/Alpen900> interreg:coFinancing ?old }
INSERT { <project/Alpen900> interreg:coFinancing -5.0 }
WHERE { <project/Alpen900> interreg:coFinancing ?old } ;
DELETE { <project/Alpen900> interreg:erdf ?old }
INSERT { <project/Alpen900> interreg:erdf -5.0 }
WHERE { <project/Alpen900> interreg:erdf ?old }

# Zero is not negative.

DELETE { <project/Alpen900> interreg:coFinancing ?old }
INSERT { <project/Alpen900> interreg:coFinancing 0.0 }
WHERE { <project/Alpen900> interreg:coFinancing ?old }

# Breaks: amount-form
# A binary floating-point number.

DELETE { <project/Alpen900> interreg:coFinancing ?old }
INSERT { <project/Alpen900> interreg:coFinancing "199999.5"^^xsd:double }
WHERE { <project/Alpen900> interreg:coFinancing ?old }

# Breaks: amount-form
# Not a literal at all.

DELETE { <project/Alpen900> interreg:coFinancing ?old }
INSERT { <project/Alpen900> interreg:coFinancing <https://example.org/amount> }
WHERE { <project/Alpen900> interreg:coFinancing ?old }

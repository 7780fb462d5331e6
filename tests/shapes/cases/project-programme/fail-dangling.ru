# Breaks: project-programme
# A programme that is not described.

DELETE { <project/Alpen900> interreg:programme ?old }
INSERT { <project/Alpen900> interreg:programme <programme/fremd> }
WHERE { <project/Alpen900> interreg:programme ?old }

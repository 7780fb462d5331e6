# Breaks: project-detail-form
# A priority that is a text, in the place of one that is described.

DELETE { <project/Alpen900> interreg:priority ?old }
INSERT { <project/Alpen900> interreg:priority "Alpen-1" }
WHERE { <project/Alpen900> interreg:priority ?old }

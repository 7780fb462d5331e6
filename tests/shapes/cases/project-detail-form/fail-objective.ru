# Breaks: project-detail-form
# A specific objective that is not described.

DELETE { <project/Alpen900> interreg:specificObjective ?old }
INSERT { <project/Alpen900> interreg:specificObjective <programme/alpenraum/objective/neu> }
WHERE { <project/Alpen900> interreg:specificObjective ?old }

# Breaks: flag-form
# A statement left as text.

DELETE { <project/Alpen900> interreg:germanParticipation ?old }
INSERT { <project/Alpen900> interreg:germanParticipation "false" }
WHERE { <project/Alpen900> interreg:germanParticipation ?old }

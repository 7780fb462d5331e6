# Breaks: flag-contradiction
# Denied, though a German partner is listed.

DELETE { <project/Alpen900> interreg:germanParticipation ?old }
INSERT { <project/Alpen900> interreg:germanParticipation false }
WHERE { <project/Alpen900> interreg:germanParticipation ?old }

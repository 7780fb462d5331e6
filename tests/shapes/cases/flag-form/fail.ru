# Breaks: flag-form
# A word.

DELETE { <project/Alpen900> interreg:germanParticipation ?old }
INSERT { <project/Alpen900> interreg:germanParticipation "yes"^^xsd:boolean }
WHERE { <project/Alpen900> interreg:germanParticipation ?old }

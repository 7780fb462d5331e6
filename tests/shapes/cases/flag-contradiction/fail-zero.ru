# Breaks: flag-contradiction
# Denied, in the other way of writing false.

DELETE { <project/Alpen900> interreg:germanParticipation ?old }
INSERT { <project/Alpen900> interreg:germanParticipation "0"^^xsd:boolean }
WHERE { <project/Alpen900> interreg:germanParticipation ?old }

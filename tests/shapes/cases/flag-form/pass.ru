# The other way of writing true.

DELETE { <project/Alpen900> interreg:germanParticipation ?old }
INSERT { <project/Alpen900> interreg:germanParticipation "1"^^xsd:boolean }
WHERE { <project/Alpen900> interreg:germanParticipation ?old }

# Breaks: flag-form
# Not a literal at all.

DELETE { <project/Alpen900> interreg:germanParticipation ?old }
INSERT { <project/Alpen900> interreg:germanParticipation <https://example.org/true> }
WHERE { <project/Alpen900> interreg:germanParticipation ?old }

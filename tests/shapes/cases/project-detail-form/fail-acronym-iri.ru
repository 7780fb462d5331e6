# Breaks: project-detail-form
# An acronym that is an IRI.

DELETE { <project/Alpen900> interreg:acronym ?old }
INSERT { <project/Alpen900> interreg:acronym <https://example.org/alpshops> }
WHERE { <project/Alpen900> interreg:acronym ?old }

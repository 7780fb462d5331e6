# Breaks: project-title
# An empty title.

DELETE { <project/Alpen900> dcterms:title ?old }
INSERT { <project/Alpen900> dcterms:title "" }
WHERE { <project/Alpen900> dcterms:title ?old }

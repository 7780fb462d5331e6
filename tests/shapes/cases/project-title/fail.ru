# Breaks: project-title
# No title.

DELETE WHERE { <project/Alpen900> dcterms:title ?old }

# Breaks: project-identifier
# No id.

DELETE WHERE { <project/Alpen900> dcterms:identifier ?old }

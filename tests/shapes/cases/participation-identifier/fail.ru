# Breaks: participation-identifier, partner-id-gap
# No id.

DELETE WHERE { <participation/Alpen900-002> dcterms:identifier ?old }

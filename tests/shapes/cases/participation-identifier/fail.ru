# Breaks: participation-identifier, partner-id-foreign
# An empty id.

DELETE { <participation/Alpen900-002> dcterms:identifier ?old }
INSERT { <participation/Alpen900-002> dcterms:identifier "" }
WHERE { <participation/Alpen900-002> dcterms:identifier ?old }

# Breaks: partner-id-foreign
# A longer project id that begins alike.

DELETE { <participation/Alpen900-002> dcterms:identifier ?old }
INSERT { <participation/Alpen900-002> dcterms:identifier "Alpen9001-002" }
WHERE { <participation/Alpen900-002> dcterms:identifier ?old }

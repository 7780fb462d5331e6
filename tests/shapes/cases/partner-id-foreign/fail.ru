# Breaks: partner-id-foreign
# The id of a partner of Alpen901.

DELETE { <participation/Alpen900-002> dcterms:identifier ?old }
INSERT { <participation/Alpen900-002> dcterms:identifier "Alpen901-002" }
WHERE { <participation/Alpen900-002> dcterms:identifier ?old }

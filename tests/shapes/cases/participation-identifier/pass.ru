# A number that is not padded with zeros.

DELETE { <participation/Alpen900-002> dcterms:identifier ?old }
INSERT { <participation/Alpen900-002> dcterms:identifier "Alpen900-2" }
WHERE { <participation/Alpen900-002> dcterms:identifier ?old }

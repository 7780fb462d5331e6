# Breaks: homepage-form
# A text.

DELETE { <project/Alpen900> foaf:page ?old }
INSERT { <project/Alpen900> foaf:page "https://example.org/" }
WHERE { <project/Alpen900> foaf:page ?old }

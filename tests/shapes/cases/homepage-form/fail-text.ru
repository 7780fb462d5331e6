# Breaks: homepage-form
# A text.

DELETE { <project/Alpen900> foaf:homepage ?old }
INSERT { <project/Alpen900> foaf:homepage "https://example.org/" }
WHERE { <project/Alpen900> foaf:homepage ?old }

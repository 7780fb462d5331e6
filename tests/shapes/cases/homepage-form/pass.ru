# http without s is accepted.

DELETE { <project/Alpen900> foaf:page ?old }
INSERT { <project/Alpen900> foaf:page <http://example.org/> }
WHERE { <project/Alpen900> foaf:page ?old }

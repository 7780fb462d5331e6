# http without s is accepted.

DELETE { <project/Alpen900> foaf:homepage ?old }
INSERT { <project/Alpen900> foaf:homepage <http://example.org/> }
WHERE { <project/Alpen900> foaf:homepage ?old }

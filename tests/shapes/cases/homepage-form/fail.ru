# Breaks: homepage-form
# A scheme that is unsafe as a link.

DELETE { <project/Alpen900> foaf:page ?old }
INSERT { <project/Alpen900> foaf:page <javascript:alert(1)> }
WHERE { <project/Alpen900> foaf:page ?old }

# Breaks: participation-role
# A role outside the four.

DELETE { <participation/Alpen900-002> org:role ?old }
INSERT { <participation/Alpen900-002> org:role <role/observer> }
WHERE { <participation/Alpen900-002> org:role ?old }

# Breaks: participation-project
# A project that is not described.

DELETE { <participation/Alpen900-002> org:organization ?old }
INSERT { <participation/Alpen900-002> org:organization <project/Alpen901> }
WHERE { <participation/Alpen900-002> org:organization ?old }

# Breaks: participation-role
# No role.

DELETE WHERE { <participation/Alpen900-002> org:role ?old }

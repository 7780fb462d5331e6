# Breaks: participation-name
# No name.

DELETE WHERE { <participation/Alpen900-002> interreg:statedName ?old }

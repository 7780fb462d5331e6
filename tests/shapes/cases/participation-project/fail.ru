# Breaks: participation-project
# No project.

DELETE WHERE { <participation/Alpen900-002> org:organization ?old }

# Breaks: project-programme
# No programme.

DELETE WHERE { <project/Alpen900> interreg:programme ?old }

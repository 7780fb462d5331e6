# Breaks: lead-unnamed
# A partner line is marked, and the project names nobody.

DELETE WHERE { <project/Alpen900> interreg:leadPartner ?old }

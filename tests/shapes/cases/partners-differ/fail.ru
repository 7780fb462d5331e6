# Breaks: partners-differ
# The project names no partner, so that queries over networks would pass it by.

DELETE WHERE { <project/Alpen900> interreg:partner ?partner }

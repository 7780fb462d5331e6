# Breaks: project-detail-form
# Two acronyms.

INSERT DATA { <project/Alpen900> interreg:acronym "ANDERS" }

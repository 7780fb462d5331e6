# Breaks: project-detail-form
# A call that is a number, and not the text that a source has.

INSERT DATA { <project/Alpen900> interreg:call 2 }

# Breaks: nuts-form
# A digit too many.

INSERT DATA { <project/Alpen900> interreg:nuts nuts:AT3121 . }

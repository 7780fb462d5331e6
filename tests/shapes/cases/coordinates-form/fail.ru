# Breaks: coordinates-form
# No reference system.

INSERT DATA { <project/Alpen900> interreg:coordinates "POINT(14.29 48.3)"^^geo:wktLiteral . }

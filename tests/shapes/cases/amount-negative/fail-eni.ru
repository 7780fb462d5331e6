# Breaks: amount-negative
# An amount that only some sources state.

INSERT DATA { <project/Alpen900> interreg:eni -1.0 . }

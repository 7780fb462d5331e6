# Breaks: rate-range
# Less than nothing.

INSERT DATA { <project/Alpen900> interreg:coFinancingRate -1.0 . }

# Breaks: rate-range
# More than the whole cost.

INSERT DATA { <project/Alpen900> interreg:coFinancingRate 100.01 . }

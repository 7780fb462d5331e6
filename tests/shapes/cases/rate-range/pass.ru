# The whole cost.

INSERT DATA { <project/Alpen900> interreg:coFinancingRate 100.0 . }

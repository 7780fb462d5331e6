# The whole cost.

INSERT DATA { <participation/Alpen900-001> interreg:partnerCoFinancingRate 100.0 . }

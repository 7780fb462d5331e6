# Breaks: partner-rate-range
# More than the whole cost.

INSERT DATA { <participation/Alpen900-001> interreg:partnerCoFinancingRate 850.0 . }

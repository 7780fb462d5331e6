# Breaks: partner-amount-negative
# Below zero.

INSERT DATA { <participation/Alpen900-001> interreg:partnerIpa -0.01 . }

# Breaks: partner-detail-form
# Two budgets.

INSERT DATA { <participation/Alpen900-001> interreg:partnerBudget 500.5 , 600.0 . }

# Nothing is not below zero.

INSERT DATA { <participation/Alpen900-001> interreg:partnerBudget 0.0 ; interreg:partnerErdf 0.0 . }

# Breaks: partner-detail-form
# An amount with separators.

INSERT DATA { <participation/Alpen900-001> interreg:partnerErdf "1.000,00"^^xsd:decimal . }

# Breaks: partner-detail-form
# An English name without its language.

INSERT DATA { <participation/Alpen900-001> interreg:statedNameEnglish "Workshop Linz" . }

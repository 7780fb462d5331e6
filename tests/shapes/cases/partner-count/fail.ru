# Breaks: partner-count
# One more stated than listed.

DELETE { <project/Alpen900> interreg:statedPartnerCount ?old }
INSERT { <project/Alpen900> interreg:statedPartnerCount 4 }
WHERE { <project/Alpen900> interreg:statedPartnerCount ?old }

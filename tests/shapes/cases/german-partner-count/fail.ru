# Breaks: german-partner-count
# One more stated than listed.

DELETE { <project/Alpen900> interreg:statedGermanPartnerCount ?old }
INSERT { <project/Alpen900> interreg:statedGermanPartnerCount 2 }
WHERE { <project/Alpen900> interreg:statedGermanPartnerCount ?old }

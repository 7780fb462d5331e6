# Breaks: german-partner-count, flag-contradiction
# None stated, which contradicts the stated participation as well.

DELETE { <project/Alpen900> interreg:statedGermanPartnerCount ?old }
INSERT { <project/Alpen900> interreg:statedGermanPartnerCount 0 }
WHERE { <project/Alpen900> interreg:statedGermanPartnerCount ?old }

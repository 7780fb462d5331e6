# Breaks: count-form, partner-count
# Below zero.

DELETE { <project/Alpen900> interreg:statedPartnerCount ?old }
INSERT { <project/Alpen900> interreg:statedPartnerCount -3 }
WHERE { <project/Alpen900> interreg:statedPartnerCount ?old }

# Breaks: count-form
# A decimal number.

DELETE { <project/Alpen900> interreg:statedGermanPartnerCount ?old }
INSERT { <project/Alpen900> interreg:statedGermanPartnerCount 1.0 }
WHERE { <project/Alpen900> interreg:statedGermanPartnerCount ?old }

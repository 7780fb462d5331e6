# Breaks: count-form
# Not a literal at all.

DELETE { <project/Alpen900> interreg:statedGermanPartnerCount ?old }
INSERT { <project/Alpen900> interreg:statedGermanPartnerCount <https://example.org/count> }
WHERE { <project/Alpen900> interreg:statedGermanPartnerCount ?old }

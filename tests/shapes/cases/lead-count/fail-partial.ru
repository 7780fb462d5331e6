# Breaks: lead-count
# Nobody leads, in a list of only some partners: the result is then information.

DELETE { <participation/Alpen900-001> org:role ?old . <project/Alpen900> interreg:leadPartner ?lead }
INSERT { <participation/Alpen900-001> org:role interreg:ProjectPartner . <project/Alpen900> interreg:hasAllPartners false }
WHERE { <participation/Alpen900-001> org:role ?old . <project/Alpen900> interreg:leadPartner ?lead }

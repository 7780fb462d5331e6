# Breaks: lead-count
# Nobody leads.

DELETE { <participation/Alpen900-001> org:role ?old . <project/Alpen900> interreg:leadPartner ?lead }
INSERT { <participation/Alpen900-001> org:role interreg:ProjectPartner }
WHERE { <participation/Alpen900-001> org:role ?old . <project/Alpen900> interreg:leadPartner ?lead }

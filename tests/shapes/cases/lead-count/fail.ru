# Breaks: lead-count
# Nobody leads.

DELETE { <participation/Alpen900-001> org:role ?old }
INSERT { <participation/Alpen900-001> org:role interreg:ProjectPartner }
WHERE { <participation/Alpen900-001> org:role ?old }

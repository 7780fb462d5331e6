# Breaks: lead-partner
# Another partner, which does not lead.

DELETE { <project/Alpen900> interreg:leadPartner ?old }
INSERT { <project/Alpen900> interreg:leadPartner <organisation/IT/officina-trento> }
WHERE { <project/Alpen900> interreg:leadPartner ?old }

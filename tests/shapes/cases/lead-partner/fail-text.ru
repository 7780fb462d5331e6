# Breaks: lead-partner
# A name in the place of an organisation.

DELETE { <project/Alpen900> interreg:leadPartner ?old }
INSERT { <project/Alpen900> interreg:leadPartner "Werkstatt Linz – Verein" }
WHERE { <project/Alpen900> interreg:leadPartner ?old }

# Breaks: lead-differs
# Another partner of the project.

DELETE { <project/Alpen900> interreg:statedLeadPartner ?old }
INSERT { <project/Alpen900> interreg:statedLeadPartner "Werkraum Kempten GmbH" }
WHERE { <project/Alpen900> interreg:statedLeadPartner ?old }

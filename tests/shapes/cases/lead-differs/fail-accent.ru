# Breaks: lead-differs
# Letters do matter, accented ones too.

DELETE { <project/Alpen900> interreg:statedLeadPartner ?old }
INSERT { <project/Alpen900> interreg:statedLeadPartner "Werkstätt Linz – Verein" }
WHERE { <project/Alpen900> interreg:statedLeadPartner ?old }

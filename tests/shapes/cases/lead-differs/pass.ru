# Case and punctuation do not matter.

DELETE { <project/Alpen900> interreg:statedLeadPartner ?old }
INSERT { <project/Alpen900> interreg:statedLeadPartner "WERKSTATT LINZ (Verein)" }
WHERE { <project/Alpen900> interreg:statedLeadPartner ?old }

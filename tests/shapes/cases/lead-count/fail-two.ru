# Breaks: lead-count
# Two partners lead; the stated lead is then not compared.

DELETE { <participation/Alpen900-002> org:role ?old }
INSERT { <participation/Alpen900-002> org:role interreg:LeadPartner }
WHERE { <participation/Alpen900-002> org:role ?old }

# Breaks: erdf-lead-count
# Two ERDF lead partners.

DELETE { <participation/Alpen900-002> org:role ?old }
INSERT { <participation/Alpen900-002> org:role interreg:ErdfLeadPartner }
WHERE { <participation/Alpen900-002> org:role ?old } ;
DELETE { <participation/Alpen900-003> org:role ?old }
INSERT { <participation/Alpen900-003> org:role interreg:ErdfLeadPartner }
WHERE { <participation/Alpen900-003> org:role ?old }

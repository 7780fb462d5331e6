# Breaks: erdf-lead-outside-eu
# A Swiss ERDF lead partner beside a lead partner in the EU.

DELETE { <participation/Alpen900-002> org:role ?old }
INSERT { <participation/Alpen900-002> org:role interreg:ErdfLeadPartner }
WHERE { <participation/Alpen900-002> org:role ?old } ;
DELETE { <organisation/DE/werkraum-kempten> interreg:country ?old }
INSERT { <organisation/DE/werkraum-kempten> interreg:country country:CHE }
WHERE { <organisation/DE/werkraum-kempten> interreg:country ?old }

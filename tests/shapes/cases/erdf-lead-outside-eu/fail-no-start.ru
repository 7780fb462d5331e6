# Breaks: erdf-lead-outside-eu
# Without a start, membership now decides; the United Kingdom has left.

DELETE { <participation/Alpen900-002> org:role ?old }
INSERT { <participation/Alpen900-002> org:role interreg:ErdfLeadPartner }
WHERE { <participation/Alpen900-002> org:role ?old } ;
DELETE { <organisation/DE/werkraum-kempten> interreg:country ?old }
INSERT { <organisation/DE/werkraum-kempten> interreg:country country:GBR }
WHERE { <organisation/DE/werkraum-kempten> interreg:country ?old } ;
DELETE WHERE { <project/Alpen900> interreg:startDate ?old }

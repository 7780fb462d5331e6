# Breaks: erdf-lead-outside-eu
# The day after the United Kingdom left.

DELETE { <participation/Alpen900-002> org:role ?old }
INSERT { <participation/Alpen900-002> org:role interreg:ErdfLeadPartner }
WHERE { <participation/Alpen900-002> org:role ?old } ;
DELETE { <organisation/DE/werkraum-kempten> interreg:country ?old }
INSERT { <organisation/DE/werkraum-kempten> interreg:country country:GBR }
WHERE { <organisation/DE/werkraum-kempten> interreg:country ?old } ;
DELETE { <project/Alpen900> interreg:startDate ?start ; interreg:endDate ?end }
INSERT { <project/Alpen900> interreg:startDate "2020-02-01"^^xsd:date }
WHERE { <project/Alpen900> interreg:startDate ?start ; interreg:endDate ?end }

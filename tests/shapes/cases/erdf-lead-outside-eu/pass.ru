# The last day of a membership still counts.

DELETE { <participation/Alpen900-002> org:role ?old }
INSERT { <participation/Alpen900-002> org:role interreg:ErdfLeadPartner }
WHERE { <participation/Alpen900-002> org:role ?old } ;
DELETE { <organisation/DE/werkraum-kempten> interreg:country ?old }
INSERT { <organisation/DE/werkraum-kempten> interreg:country country:GBR }
WHERE { <organisation/DE/werkraum-kempten> interreg:country ?old } ;
DELETE { <project/Alpen900> interreg:startDate ?start ; interreg:endDate ?end }
INSERT { <project/Alpen900> interreg:startDate "2020-01-31"^^xsd:date }
WHERE { <project/Alpen900> interreg:startDate ?start ; interreg:endDate ?end }

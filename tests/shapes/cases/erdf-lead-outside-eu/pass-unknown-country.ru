# A country that the graph knows nothing about is not judged.

DELETE { <participation/Alpen900-002> org:role ?old }
INSERT { <participation/Alpen900-002> org:role interreg:ErdfLeadPartner }
WHERE { <participation/Alpen900-002> org:role ?old } ;
DELETE { <organisation/DE/werkraum-kempten> interreg:country ?old }
INSERT { <organisation/DE/werkraum-kempten> interreg:country country:NOR }
WHERE { <organisation/DE/werkraum-kempten> interreg:country ?old }

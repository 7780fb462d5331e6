# A Swiss project partner.

DELETE { <organisation/DE/werkraum-kempten> interreg:country ?old }
INSERT { <organisation/DE/werkraum-kempten> interreg:country country:CHE }
WHERE { <organisation/DE/werkraum-kempten> interreg:country ?old }

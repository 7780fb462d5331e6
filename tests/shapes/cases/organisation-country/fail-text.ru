# Breaks: organisation-country
# A code in the place of an IRI.

DELETE { <organisation/IT/officina-trento> interreg:country ?old }
INSERT { <organisation/IT/officina-trento> interreg:country "IT" }
WHERE { <organisation/IT/officina-trento> interreg:country ?old }

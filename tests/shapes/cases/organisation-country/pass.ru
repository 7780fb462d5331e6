# A country that is not stated is no fault.

DELETE WHERE { <organisation/IT/officina-trento> interreg:country ?old }

# The address alone tells the country.

DELETE WHERE { <organisation/DE/werkraum-kempten> interreg:country ?old }

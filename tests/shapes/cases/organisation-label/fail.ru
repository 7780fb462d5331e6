# Breaks: organisation-label
# No name.

DELETE WHERE { <organisation/IT/officina-trento> skos:prefLabel ?old }

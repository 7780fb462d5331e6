# Breaks: organisation-label
# A name with a language, which the source does not state.

DELETE { <organisation/IT/officina-trento> skos:prefLabel ?old }
INSERT { <organisation/IT/officina-trento> skos:prefLabel "Officina Trento"@it }
WHERE { <organisation/IT/officina-trento> skos:prefLabel ?old }

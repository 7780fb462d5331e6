# Breaks: organisation-label
# Two main names.

INSERT DATA {
    <organisation/IT/officina-trento> skos:prefLabel "OFFICINA TRENTO" .
}

# A second spelling as an alternative label.

INSERT DATA {
    <organisation/IT/officina-trento> skos:altLabel "OFFICINA TRENTO" .
}

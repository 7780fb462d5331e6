# A further name in another language.

INSERT DATA {
    <programme/alpenraum> skos:prefLabel "Alpine Space"@en .
}

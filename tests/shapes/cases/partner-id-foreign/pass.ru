# A project id that holds a hyphen itself.

DELETE { ?node dcterms:identifier ?old }
INSERT { ?node dcterms:identifier ?new }
WHERE {
    ?node dcterms:identifier ?old
    BIND (REPLACE(?old, "Alpen900", "Alpen-900") AS ?new)
}

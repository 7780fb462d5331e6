# An id of another form, in the project and its partners.

DELETE { ?node dcterms:identifier ?old }
INSERT { ?node dcterms:identifier ?new }
WHERE {
    ?node dcterms:identifier ?old
    BIND (REPLACE(?old, "Alpen900", "2014TC16 / 7") AS ?new)
}

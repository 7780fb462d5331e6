# A second priority of the same programme.

INSERT DATA {
    <programme/alpenraum/priority/alpen-2>
        a interreg:Priority ;
        skos:broader <programme/alpenraum> .
}

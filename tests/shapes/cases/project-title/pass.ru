# A second title in another language.

INSERT DATA {
    <project/Alpen900> dcterms:title "Gemeinsame Werkstätten für Bergstädte"@de .
}

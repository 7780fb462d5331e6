# Breaks: project-title
# Two English titles.

INSERT DATA {
    <project/Alpen900> dcterms:title "Alpine Shops"@en .
}

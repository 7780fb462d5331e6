# Breaks: participation-identifier
# Two ids.

INSERT DATA {
    <participation/Alpen900-002> dcterms:identifier "Alpen900-004" .
}

# Breaks: participation-name
# Two names: two partner lines with one id.

INSERT DATA {
    <participation/Alpen900-002> interreg:statedName "Werkraum Kempten" .
}

# Breaks: participation-organisation
# Two organisations: two partner lines with one id.

INSERT DATA {
    <participation/Alpen900-003> org:member <organisation/AT/werkstatt-linz> .
}

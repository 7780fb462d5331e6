# Breaks: participation-kind, partner-count
# A partner that is not described.

INSERT DATA {
    <project/Alpen900> interreg:participation <participation/Alpen900-004> .
}

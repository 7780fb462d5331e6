# Breaks: project-partner
# A partner that is not described.

INSERT DATA {
    <project/Alpen900> interreg:partner <organisation/DE/neu> .
}

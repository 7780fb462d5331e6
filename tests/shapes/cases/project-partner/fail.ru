# Breaks: project-partner, partners-differ
# A partner that is not described, and that no partner line names.

INSERT DATA {
    <project/Alpen900> interreg:partner <organisation/DE/neu> .
}

# Breaks: flag-form, flag-contradiction
# Both statements.

INSERT DATA {
    <project/Alpen900> interreg:germanParticipation false .
}

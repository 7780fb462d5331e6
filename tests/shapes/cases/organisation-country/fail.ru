# Breaks: organisation-country
# Two countries.

INSERT DATA {
    <organisation/IT/officina-trento> interreg:country country:CHE .
}

# Breaks: project-country, country-count
# A country as text.

INSERT DATA {
    <project/Alpen900> interreg:country "AT" .
}

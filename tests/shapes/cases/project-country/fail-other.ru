# Breaks: project-country, country-count
# An IRI of another table.

INSERT DATA {
    <project/Alpen900> interreg:country <https://www.wikidata.org/entity/Q40> .
}

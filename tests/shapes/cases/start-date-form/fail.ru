# Breaks: start-date-form
# Two dates.

INSERT DATA {
    <project/Alpen900> interreg:startDate "2017-03-01"^^xsd:date .
}

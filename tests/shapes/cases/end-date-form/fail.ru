# Breaks: end-date-form
# Two dates.

INSERT DATA {
    <project/Alpen900> interreg:endDate "2018-03-01"^^xsd:date .
}

# Breaks: count-form, country-count
# Two numbers, each of which is reported.

INSERT DATA {
    <project/Alpen900> interreg:statedCountryCount 4 .
}

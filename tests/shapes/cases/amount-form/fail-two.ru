# Breaks: amount-form
# Two amounts, each of which is reported.

INSERT DATA {
    <project/Alpen900> interreg:erdf 700000.0 .
}

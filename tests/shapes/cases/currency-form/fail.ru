# Breaks: currency-form
# Two currencies.

INSERT DATA {
    <project/Alpen900> interreg:currency currency:CHF .
}

# Breaks: erdf-lead-missing
# A Swiss lead partner alone.

DELETE {
    <organisation/AT/werkstatt-linz> interreg:country country:AUT .
    <project/Alpen900> interreg:statedLeadCountry country:AUT .
}
INSERT {
    <organisation/AT/werkstatt-linz> interreg:country country:CHE .
    <project/Alpen900> interreg:statedLeadCountry country:CHE .
}
WHERE {}

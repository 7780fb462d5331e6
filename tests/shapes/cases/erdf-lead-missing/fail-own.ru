# Breaks: erdf-lead-missing, erdf-lead-outside-eu, participation-role
# The Swiss lead partner is its own ERDF lead partner.

DELETE {
    <organisation/AT/werkstatt-linz> interreg:country country:AUT .
    <project/Alpen900> interreg:statedLeadCountry country:AUT .
}
INSERT {
    <organisation/AT/werkstatt-linz> interreg:country country:CHE .
    <project/Alpen900> interreg:statedLeadCountry country:CHE .
}
WHERE {} ;
INSERT DATA {
    <participation/Alpen900-001> org:role interreg:ErdfLeadPartner .
}

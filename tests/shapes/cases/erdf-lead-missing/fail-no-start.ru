# Breaks: erdf-lead-missing
# Without a start, membership now decides; the United Kingdom has left.

DELETE {
    <organisation/AT/werkstatt-linz> interreg:country country:AUT .
    <project/Alpen900> interreg:statedLeadCountry country:AUT .
}
INSERT {
    <organisation/AT/werkstatt-linz> interreg:country country:GBR .
    <project/Alpen900> interreg:statedLeadCountry country:GBR .
}
WHERE {} ;
DELETE WHERE { <project/Alpen900> interreg:startDate ?old }

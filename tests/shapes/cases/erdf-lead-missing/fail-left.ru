# Breaks: erdf-lead-missing
# The day after the United Kingdom left.

DELETE {
    <organisation/AT/werkstatt-linz> interreg:country country:AUT .
    <project/Alpen900> interreg:statedLeadCountry country:AUT .
}
INSERT {
    <organisation/AT/werkstatt-linz> interreg:country country:GBR .
    <project/Alpen900> interreg:statedLeadCountry country:GBR .
}
WHERE {} ;
DELETE { <project/Alpen900> interreg:startDate ?start ; interreg:endDate ?end }
INSERT { <project/Alpen900> interreg:startDate "2020-02-01"^^xsd:date }
WHERE { <project/Alpen900> interreg:startDate ?start ; interreg:endDate ?end }

# A British lead partner while the United Kingdom was a member.

DELETE {
    <organisation/AT/werkstatt-linz> interreg:country country:AUT .
    <project/Alpen900> interreg:statedLeadCountry country:AUT .
}
INSERT {
    <organisation/AT/werkstatt-linz> interreg:country country:GBR .
    <project/Alpen900> interreg:statedLeadCountry country:GBR .
}
WHERE {} ;
DELETE { <project/Alpen900> interreg:startDate ?old }
INSERT { <project/Alpen900> interreg:startDate "2018-01-31"^^xsd:date }
WHERE { <project/Alpen900> interreg:startDate ?old }

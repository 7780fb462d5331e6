# A country that the graph knows nothing about is not judged.

DELETE {
    <organisation/AT/werkstatt-linz> interreg:country country:AUT .
    <project/Alpen900> interreg:statedLeadCountry country:AUT .
}
INSERT {
    <organisation/AT/werkstatt-linz> interreg:country country:NOR .
    <project/Alpen900> interreg:statedLeadCountry country:NOR .
}
WHERE {}

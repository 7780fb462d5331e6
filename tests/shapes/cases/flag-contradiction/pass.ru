# No German partner, as stated.

DELETE {
    <participation/Alpen900-002> org:member <organisation/DE/werkraum-kempten> .
    <participation/Alpen900-002/address> interreg:country country:DEU ; locn:adminUnitL2 "Bayern" .
    <project/Alpen900> interreg:germanParticipation true ; interreg:statedGermanPartnerCount 1 ; interreg:statedCountryCount 3 ; interreg:country country:DEU ;
        interreg:partner <organisation/DE/werkraum-kempten> .
}
INSERT {
    <participation/Alpen900-002> org:member <organisation/IT/officina-trento> .
    <participation/Alpen900-002/address> interreg:country country:ITA .
    <project/Alpen900> interreg:germanParticipation false ; interreg:statedGermanPartnerCount 0 ; interreg:statedCountryCount 2 .
}
WHERE {}

# One partner more.

DELETE { <project/Alpen900> interreg:statedPartnerCount 3 }
INSERT {
    <project/Alpen900> interreg:statedPartnerCount 4 ; interreg:participation <participation/Alpen900-004> .
    <participation/Alpen900-004>
        a interreg:Participation , org:Membership ;
        dcterms:identifier "Alpen900-004" ;
        org:organization <project/Alpen900> ;
        org:member <organisation/IT/officina-trento> ;
        org:role interreg:ProjectPartner ;
        interreg:statedName "Officina Trento" .
}
WHERE {}

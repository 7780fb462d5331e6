# Breaks: partner-id-gap
# Number 004 is missing.

DELETE { <project/Alpen900> interreg:statedPartnerCount 3 }
INSERT {
    <project/Alpen900> interreg:statedPartnerCount 4 ; interreg:participation <participation/Alpen900-005> .
    <participation/Alpen900-005>
        a interreg:Participation , org:Membership ;
        dcterms:identifier "Alpen900-005" ;
        org:organization <project/Alpen900> ;
        org:member <organisation/IT/officina-trento> ;
        org:role interreg:ProjectPartner ;
        interreg:statedName "Officina Trento" .
}
WHERE {}

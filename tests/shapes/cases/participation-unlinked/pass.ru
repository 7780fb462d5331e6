# A further partner that the project lists.

DELETE { <project/Alpen900> interreg:statedPartnerCount ?old }
INSERT { <project/Alpen900> interreg:statedPartnerCount 4 }
WHERE { <project/Alpen900> interreg:statedPartnerCount ?old } ;
INSERT DATA {
    <participation/Alpen900-004> a interreg:Participation , org:Membership ;
        dcterms:identifier "Alpen900-004" ;
        org:organization <project/Alpen900> ;
        org:member <organisation/IT/officina-trento> ;
        org:role interreg:ProjectPartner ;
        interreg:statedName "Officina Trento" .
    <project/Alpen900> interreg:participation <participation/Alpen900-004> .
}

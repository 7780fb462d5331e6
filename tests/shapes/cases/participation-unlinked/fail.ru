# Breaks: participation-unlinked
# A second lead partner that the project does not list.

INSERT DATA {
    <participation/Alpen900-004> a interreg:Participation , org:Membership ;
        dcterms:identifier "Alpen900-004" ;
        org:organization <project/Alpen900> ;
        org:member <organisation/IT/officina-trento> ;
        org:role interreg:LeadPartner ;
        interreg:statedName "Officina Trento" .
}

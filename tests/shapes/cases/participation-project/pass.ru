# A partner less; those that are left belong to the one project.

DELETE {
    <project/Alpen900> interreg:participation <participation/Alpen900-003> ; interreg:statedPartnerCount 3 ;
        interreg:partner <organisation/IT/officina-trento> .
    <participation/Alpen900-003> ?p ?o .
}
INSERT { <project/Alpen900> interreg:statedPartnerCount 2 }
WHERE { <participation/Alpen900-003> ?p ?o }

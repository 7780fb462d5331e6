# Another programme that is described.

DELETE { <project/Alpen900> interreg:programme ?old }
INSERT { <project/Alpen900> interreg:programme <programme/neu> }
WHERE { <project/Alpen900> interreg:programme ?old } ;
INSERT DATA {
    <programme/neu> a interreg:Programme ; skos:prefLabel "Neu" .
}

# Another organisation that is described.

DELETE { <participation/Alpen900-002> org:member ?old . <project/Alpen900> interreg:partner ?old }
INSERT { <participation/Alpen900-002> org:member <organisation/DE/neu> . <project/Alpen900> interreg:partner <organisation/DE/neu> }
WHERE { <participation/Alpen900-002> org:member ?old } ;
INSERT DATA {
    <organisation/DE/neu> a interreg:Organisation ; skos:prefLabel "Neu" ; interreg:country country:DEU .
}

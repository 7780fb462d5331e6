# The same id on a participation that this project does not list.

INSERT DATA {
    <participation/other> a interreg:Participation ; dcterms:identifier "Alpen900-002" ; org:organization <project/Alpen900> ; org:member <organisation/IT/officina-trento> ; org:role interreg:ProjectPartner ; interreg:statedName "Officina Trento" .
}

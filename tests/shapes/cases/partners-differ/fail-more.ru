# Breaks: partners-differ
# An organisation more than partner lines.

INSERT DATA {
    <project/Alpen900> interreg:partner <organisation/DE/neu> .
    <organisation/DE/neu> a interreg:Organisation ; skos:prefLabel "Neu" ; interreg:country country:DEU .
}

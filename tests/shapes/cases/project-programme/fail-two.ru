# Breaks: project-programme
# Two programmes.

INSERT DATA {
    <project/Alpen900> interreg:programme <programme/neu> .
    <programme/neu> a interreg:Programme ; skos:prefLabel "Neu" .
}

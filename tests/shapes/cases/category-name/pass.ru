# A code, or a label.

INSERT DATA {
    <strand/b> a interreg:Category , skos:Concept ; skos:notation "B" .
    <strand/a> a interreg:Category , skos:Concept ; skos:prefLabel "cross-border"@en .
}

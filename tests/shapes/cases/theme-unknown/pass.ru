# A second theme of the list.

INSERT DATA {
    <project/Alpen900> dcterms:subject <theme/D15> .
    <theme/D15> a interreg:Theme ; skos:notation "D15" ; skos:inScheme <theme> .
}

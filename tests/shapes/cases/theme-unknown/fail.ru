# Breaks: theme-unknown
# A code that is not in the list.

INSERT DATA {
    <project/Alpen900> dcterms:subject <theme/X99> .
    <theme/X99> a interreg:Theme ; skos:notation "X99" ; skos:broader <theme/X> .
}

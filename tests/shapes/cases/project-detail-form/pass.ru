# Every detail once.

INSERT DATA {
    <project/Alpen900>
        interreg:nationalIdentifier "207" ; interreg:subprogramme "Nord" ; interreg:programmingPeriod "2014-2020" ;
        interreg:status "finished" ; interreg:projectType "regular" ; interreg:fund "ERDF" ;
        interreg:thematicObjective <thematic-objective/1> ;
        interreg:interventionCategory <intervention/60> , <intervention/118> ;
        interreg:expectedEndDate "2019-10-31"^^xsd:date ; dcterms:modified "2020-01-02"^^xsd:date ;
        interreg:coFinancingRate 85.0 ; interreg:exchangeRate 1.08 ;
        interreg:hasAllPartners false ;
        interreg:regionName "Tirol" ; interreg:postcode "6020" ; interreg:nutsName "Tirol" .
    <thematic-objective/1> a interreg:Category , skos:Concept ; skos:notation "1" .
    <intervention/60> a interreg:Category , skos:Concept ; skos:notation "060" .
    <intervention/118> a interreg:Category , skos:Concept ; skos:notation "118" .
}

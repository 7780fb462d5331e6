# A value that was wrong, and one that was missing.

INSERT DATA {
    <project/Alpen900> interreg:correction <project/Alpen900/correction/start_date> .
    <project/Alpen900/correction/start_date>
        a interreg:Correction , prov:Entity ;
        interreg:correctedField "start_date" ;
        interreg:statedValue "2016-01-11" ; interreg:correctedValue "2016-11-01" ;
        interreg:reason "Day and month are exchanged." ; interreg:correctedBy "The partners" .
    <participation/Alpen900-001> interreg:correction <participation/Alpen900-001/correction/town> .
    <participation/Alpen900-001/correction/town>
        a interreg:Correction , prov:Entity ;
        interreg:correctedField "town" ; interreg:correctedValue "Linz" ;
        interreg:reason "It was missing." ; interreg:correctedBy "The partners" .
}

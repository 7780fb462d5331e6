# Street and regions.

INSERT DATA {
    <participation/Alpen900-001/address>
        locn:thoroughfare "Hauptplatz 1" ; locn:fullAddress "Hauptplatz 1, 4020 Linz" ;
        interreg:regionName "Oberösterreich" ; interreg:nuts nuts:AT31 , nuts:AT312 ;
        interreg:nuts1Name "Westösterreich" .
}

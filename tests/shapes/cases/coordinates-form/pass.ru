# A point of the project and one of a partner.

INSERT DATA {
    <project/Alpen900> interreg:coordinates "<http://www.opengis.net/def/crs/EPSG/0/25832> POINT(681000.5 5237000)"^^geo:wktLiteral .
    <participation/Alpen900-001/address> interreg:coordinates "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(14.29 48.3)"^^geo:wktLiteral .
}

# Breaks: coordinates-form
# Two points.

INSERT DATA {
    <participation/Alpen900-001/address> interreg:coordinates
        "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(14.29 48.3)"^^geo:wktLiteral ,
        "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(14 48)"^^geo:wktLiteral .
}

# Breaks: coordinates-form
# A plain text.

INSERT DATA { <participation/Alpen900-001/address> interreg:coordinates "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(14.29 48.3)" . }

# A British postcode.

DELETE { <participation/Alpen900-001/address> locn:postCode ?code ; interreg:country ?country }
INSERT {
    <participation/Alpen900-001/address> locn:postCode "EC1A 1BB" ; interreg:country country:GBR .
}
WHERE { <participation/Alpen900-001/address> locn:postCode ?code ; interreg:country ?country }

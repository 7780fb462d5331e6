# Breaks: address-form
# Germany beside another country, and no federal state; a missing one is not judged.

DELETE DATA { <participation/Alpen900-002/address> locn:adminUnitL2 "Bayern" } ;
INSERT DATA {
    <participation/Alpen900-002/address> interreg:country country:ITA .
}

# Breaks: address-form
# Two federal states.

INSERT DATA {
    <participation/Alpen900-002/address> locn:adminUnitL2 "Hessen" .
}

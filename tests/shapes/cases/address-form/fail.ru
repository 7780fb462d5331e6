# Breaks: address-form
# Two postcodes.

INSERT DATA {
    <participation/Alpen900-002/address> locn:postCode "87437" .
}

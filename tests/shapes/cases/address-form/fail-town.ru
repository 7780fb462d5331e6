# Breaks: address-form
# Two towns.

INSERT DATA {
    <participation/Alpen900-002/address> locn:postName "Sonthofen" .
}

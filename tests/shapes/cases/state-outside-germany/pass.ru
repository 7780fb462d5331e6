# A town of that name is not a state.

INSERT DATA {
    <participation/Alpen900-001/address> locn:postName "Berlin" .
}

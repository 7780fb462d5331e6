# Breaks: state-unknown, state-outside-germany
# An Austrian state, which also lies outside Germany.

INSERT DATA {
    <participation/Alpen900-001/address> locn:adminUnitL2 "Oberösterreich" .
}

# Breaks: state-outside-germany
# A German state in Austria.

INSERT DATA {
    <participation/Alpen900-001/address> locn:adminUnitL2 "Bayern" .
}

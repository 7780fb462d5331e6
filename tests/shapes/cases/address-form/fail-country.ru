# Breaks: address-form
# Two countries; whether the federal state belongs there is not judged.

INSERT DATA {
    <participation/Alpen900-002/address> interreg:country country:ITA .
}

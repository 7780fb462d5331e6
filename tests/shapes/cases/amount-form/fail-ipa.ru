# Breaks: amount-form
# An amount that only some sources state.

INSERT DATA { <project/Alpen900> interreg:ipa "1e3"^^xsd:decimal . }

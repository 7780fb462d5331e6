# Breaks: address-form, nuts-form
# A region's code as a text, which has not the form of its IRI either.

INSERT DATA { <participation/Alpen900-001/address> interreg:nuts "AT312" . }

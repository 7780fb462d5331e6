# Breaks: address-form
# Two streets.

INSERT DATA { <participation/Alpen900-001/address> locn:thoroughfare "Hauptplatz 1" , "Landstraße 2" . }

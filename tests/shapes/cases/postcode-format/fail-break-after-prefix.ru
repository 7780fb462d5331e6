# Breaks: postcode-format
# A form with an optional prefix, and a line break after the postcode.

DELETE { country:DEU interreg:postcodePattern ?form . <participation/Alpen900-002/address> locn:postCode ?old }
INSERT { country:DEU interreg:postcodePattern "((D|DE)-)?([0-9]{5})" . <participation/Alpen900-002/address> locn:postCode "1067\n" }
WHERE { country:DEU interreg:postcodePattern ?form . <participation/Alpen900-002/address> locn:postCode ?old }

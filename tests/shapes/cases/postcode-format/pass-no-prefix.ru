# A form with an optional prefix, which is not used.

DELETE { country:DEU interreg:postcodePattern ?form . <participation/Alpen900-002/address> locn:postCode ?old }
INSERT { country:DEU interreg:postcodePattern "((D|DE)-)?([0-9]{5})" . <participation/Alpen900-002/address> locn:postCode "01067" }
WHERE { country:DEU interreg:postcodePattern ?form . <participation/Alpen900-002/address> locn:postCode ?old }

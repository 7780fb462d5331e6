# Breaks: postcode-format
# As many characters as the form has digits, but one is a letter.

DELETE { country:DEU interreg:postcodePattern ?form . <participation/Alpen900-002/address> locn:postCode ?old }
INSERT { country:DEU interreg:postcodePattern "((D|DE)-)?([0-9]{5})" . <participation/Alpen900-002/address> locn:postCode "0106O" }
WHERE { country:DEU interreg:postcodePattern ?form . <participation/Alpen900-002/address> locn:postCode ?old }

# Without a country there is nothing to expect.

DELETE WHERE { <participation/Alpen900-002/address> interreg:country ?old }

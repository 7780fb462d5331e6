# An address of which only the country is known.

DELETE WHERE { <participation/Alpen900-003/address> locn:postCode ?code ; locn:postName ?town }

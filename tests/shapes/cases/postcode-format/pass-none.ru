# A postcode that is not stated is no fault.

DELETE WHERE { <participation/Alpen900-001/address> locn:postCode ?old }

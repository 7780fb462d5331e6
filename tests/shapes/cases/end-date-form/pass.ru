# A date that is not stated is no fault.

DELETE WHERE { <project/Alpen900> interreg:endDate ?old }

# A currency that is not stated is no fault.

DELETE WHERE { <project/Alpen900> interreg:currency ?old }

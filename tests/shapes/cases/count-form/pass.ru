# Numbers that are not stated are no fault.

DELETE WHERE { <project/Alpen900> interreg:statedPartnerCount ?old } ;
DELETE WHERE { <project/Alpen900> interreg:statedCountryCount ?old }

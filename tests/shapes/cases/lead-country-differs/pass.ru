# A country that is not stated is not compared.

DELETE WHERE { <project/Alpen900> interreg:statedLeadCountry ?old }

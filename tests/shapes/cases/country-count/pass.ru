# A number that is not stated is not compared.

DELETE WHERE { <project/Alpen900> interreg:statedCountryCount ?old }

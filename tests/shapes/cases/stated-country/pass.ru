# Countries of the table.

INSERT DATA { <project/Alpen900> interreg:statedCountry country:AUT , country:CHE . }

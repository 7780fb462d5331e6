# Results in two languages.

INSERT DATA { <project/Alpen900> interreg:results "Läden"@de , "Shops"@en }

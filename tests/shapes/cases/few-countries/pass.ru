# Two countries are enough.

DELETE { <project/Alpen900> interreg:country country:ITA ; interreg:statedCountryCount 3 }
INSERT { <project/Alpen900> interreg:statedCountryCount 2 }
WHERE {}

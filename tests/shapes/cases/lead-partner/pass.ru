# The organisation that leads takes part in a second line.

DELETE { <participation/Alpen900-003> org:member ?old ; locn:address ?address .
    <project/Alpen900> interreg:partner ?old ; interreg:country country:ITA ; interreg:statedCountryCount 3 }
INSERT { <participation/Alpen900-003> org:member <organisation/AT/werkstatt-linz> .
    <project/Alpen900> interreg:statedCountryCount 2 }
WHERE { <participation/Alpen900-003> org:member ?old ; locn:address ?address }

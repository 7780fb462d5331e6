# One organisation in two partner lines is named once.

DELETE { <participation/Alpen900-003> org:member ?old ; locn:address ?address .
    <project/Alpen900> interreg:partner ?old ; interreg:country country:ITA ; interreg:statedCountryCount 3 ; interreg:statedGermanPartnerCount 1 }
INSERT { <participation/Alpen900-003> org:member <organisation/DE/werkraum-kempten> .
    <project/Alpen900> interreg:statedCountryCount 2 ; interreg:statedGermanPartnerCount 2 }
WHERE { <participation/Alpen900-003> org:member ?old ; locn:address ?address }

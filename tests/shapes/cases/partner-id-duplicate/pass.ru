# The same organisation in two lines is no doubled id.

DELETE { <participation/Alpen900-002> org:member ?old ; locn:address ?address . <project/Alpen900> interreg:country country:DEU ; interreg:partner ?old }
INSERT { <participation/Alpen900-002> org:member <organisation/IT/officina-trento> }
WHERE { <participation/Alpen900-002> org:member ?old ; locn:address ?address } ;
DELETE DATA { <project/Alpen900> interreg:germanParticipation true ; interreg:statedGermanPartnerCount 1 ; interreg:statedCountryCount 3 }

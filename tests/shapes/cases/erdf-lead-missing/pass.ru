# A Swiss lead partner beside an ERDF lead partner.

DELETE {
    <organisation/AT/werkstatt-linz> interreg:country country:AUT .
    <project/Alpen900> interreg:statedLeadCountry country:AUT .
}
INSERT {
    <organisation/AT/werkstatt-linz> interreg:country country:CHE .
    <project/Alpen900> interreg:statedLeadCountry country:CHE .
}
WHERE {} ;
DELETE { <participation/Alpen900-002> org:role ?old }
INSERT { <participation/Alpen900-002> org:role interreg:ErdfLeadPartner }
WHERE { <participation/Alpen900-002> org:role ?old }

# A British ERDF lead partner while the United Kingdom was a member.

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
WHERE { <participation/Alpen900-002> org:role ?old } ;
DELETE { <organisation/DE/werkraum-kempten> interreg:country ?old }
INSERT { <organisation/DE/werkraum-kempten> interreg:country country:GBR }
WHERE { <organisation/DE/werkraum-kempten> interreg:country ?old }

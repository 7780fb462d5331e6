# Another partner leads, and the project does not state who does.

DELETE {
    <participation/Alpen900-001> org:role interreg:LeadPartner .
    <participation/Alpen900-002> org:role interreg:ProjectPartner .
    <project/Alpen900> interreg:statedLeadPartner ?name ; interreg:statedLeadCountry ?country ;
        interreg:leadPartner <organisation/AT/werkstatt-linz> .
}
INSERT {
    <participation/Alpen900-001> org:role interreg:ProjectPartner .
    <participation/Alpen900-002> org:role interreg:LeadPartner .
    <project/Alpen900> interreg:leadPartner <organisation/DE/werkraum-kempten> .
}
WHERE { <project/Alpen900> interreg:statedLeadPartner ?name ; interreg:statedLeadCountry ?country }

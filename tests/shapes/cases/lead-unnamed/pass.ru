# Another partner leads, and the project names it; what the source calls the lead is not stated.

DELETE {
    <participation/Alpen900-001> org:role interreg:LeadPartner .
    <participation/Alpen900-002> org:role interreg:ProjectPartner .
    <project/Alpen900> interreg:leadPartner ?lead ; interreg:statedLeadPartner ?name ; interreg:statedLeadCountry ?country .
}
INSERT {
    <participation/Alpen900-001> org:role interreg:ProjectPartner .
    <participation/Alpen900-002> org:role interreg:LeadPartner .
    <project/Alpen900> interreg:leadPartner <organisation/DE/werkraum-kempten> .
}
WHERE { <project/Alpen900> interreg:leadPartner ?lead ; interreg:statedLeadPartner ?name ; interreg:statedLeadCountry ?country }

# Another partner leads, and the project does not state who does.

DELETE {
    <participation/Alpen900-001> org:role interreg:LeadPartner .
    <participation/Alpen900-002> org:role interreg:ProjectPartner .
    <project/Alpen900> interreg:statedLeadPartner ?name ; interreg:statedLeadCountry ?country .
}
INSERT {
    <participation/Alpen900-001> org:role interreg:ProjectPartner .
    <participation/Alpen900-002> org:role interreg:LeadPartner .
}
WHERE { <project/Alpen900> interreg:statedLeadPartner ?name ; interreg:statedLeadCountry ?country }

# The link from the participation is enough; the one from the project may be absent.

DELETE {
    <project/Alpen900> interreg:participation <participation/Alpen900-003> ; interreg:statedPartnerCount 3
}
INSERT { <project/Alpen900> interreg:statedPartnerCount 2 }
WHERE {}

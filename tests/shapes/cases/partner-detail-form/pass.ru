# Every detail once.

INSERT DATA {
    <participation/Alpen900-001>
        interreg:statedNameEnglish "Workshop Linz"@en ; interreg:department "3" ;
        interreg:organisationId "ATU123" ; interreg:organisationType "SME" ;
        interreg:ownership "private" ; interreg:partnerBudget 500.5 ; interreg:partnerErdf 425.42 ;
        interreg:partnerCoFinancing 75.08 ; interreg:partnerCoFinancingRate 85.0 .
}

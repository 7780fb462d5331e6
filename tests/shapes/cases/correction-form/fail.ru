# Breaks: correction-form
# Nobody says why.

INSERT DATA {
    <project/Alpen900> interreg:correction <project/Alpen900/correction/start_date> .
    <project/Alpen900/correction/start_date>
        a interreg:Correction , prov:Entity ;
        interreg:correctedField "start_date" ; interreg:correctedBy "The partners" .
}

# Breaks: start-date-form
# 29 February in a year that has none. It is after the end as text, which is not judged.

DELETE { <project/Alpen900> interreg:startDate ?start ; interreg:endDate ?end }
INSERT { <project/Alpen900> interreg:startDate "2017-02-29"^^xsd:date ; interreg:endDate "2017-02-01"^^xsd:date }
WHERE { <project/Alpen900> interreg:startDate ?start ; interreg:endDate ?end }

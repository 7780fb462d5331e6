# Breaks: start-after-end
# Starts on 29 February of a leap year, after the end.

DELETE { <project/Alpen900> interreg:startDate ?start ; interreg:endDate ?end }
INSERT { <project/Alpen900> interreg:startDate "2016-02-29"^^xsd:date ; interreg:endDate "2016-02-28"^^xsd:date }
WHERE { <project/Alpen900> interreg:startDate ?start ; interreg:endDate ?end }

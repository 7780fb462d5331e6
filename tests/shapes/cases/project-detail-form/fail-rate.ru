# Breaks: project-detail-form, rate-range
# A rate that is no decimal; whether it is in range is then not known.

INSERT DATA { <project/Alpen900> interreg:coFinancingRate "85 %"^^xsd:decimal . }

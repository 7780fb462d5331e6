# Breaks: project-detail-form
# An update on a day that does not exist.

INSERT DATA { <project/Alpen900> dcterms:modified "2020-02-30"^^xsd:date . }

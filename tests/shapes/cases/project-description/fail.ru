# Breaks: project-description
# Two in English.

INSERT DATA { <project/Alpen900> dcterms:description "Short."@en , "Longer."@en . }

# One description a language.

INSERT DATA { <project/Alpen900> dcterms:description "Kurz."@de , "Short."@en . }

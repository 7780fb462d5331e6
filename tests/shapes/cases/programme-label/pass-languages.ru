# A name in each of two languages.

INSERT DATA { <programme/alpenraum> skos:prefLabel "Alpenraum"@de , "Alpine Space"@en }

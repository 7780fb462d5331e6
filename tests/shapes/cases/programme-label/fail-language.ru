# Breaks: programme-label
# Two names in German.

INSERT DATA { <programme/alpenraum> skos:prefLabel "Alpen"@de , "Alpenraum"@de }

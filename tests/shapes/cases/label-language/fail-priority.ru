# Breaks: label-language
# A name that is no text.

INSERT DATA { <programme/alpenraum/priority/alpen-1> skos:prefLabel <programme/alpenraum> }

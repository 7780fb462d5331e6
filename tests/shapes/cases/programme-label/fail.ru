# Breaks: programme-label
# No name.

DELETE WHERE { <programme/alpenraum> skos:prefLabel ?old }

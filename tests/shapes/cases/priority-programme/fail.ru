# Breaks: priority-programme
# A priority without a programme.

DELETE WHERE { <programme/alpenraum/priority/alpen-1> skos:broader ?old }

# Breaks: objective-parent
# Below nothing.

DELETE WHERE { <programme/alpenraum/objective/alpen-1-1> skos:broader ?old }

# Breaks: objective-parent
# Below a theme.

DELETE { <programme/alpenraum/objective/alpen-1-1> skos:broader ?old }
INSERT { <programme/alpenraum/objective/alpen-1-1> skos:broader <theme/D05> }
WHERE { <programme/alpenraum/objective/alpen-1-1> skos:broader ?old }

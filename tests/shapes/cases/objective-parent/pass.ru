# Directly below the programme.

DELETE { <programme/alpenraum/objective/alpen-1-1> skos:broader ?old }
INSERT { <programme/alpenraum/objective/alpen-1-1> skos:broader <programme/alpenraum> }
WHERE { <programme/alpenraum/objective/alpen-1-1> skos:broader ?old }

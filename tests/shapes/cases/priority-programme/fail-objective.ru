# Breaks: priority-programme
# A priority below a specific objective.

DELETE { <programme/alpenraum/priority/alpen-1> skos:broader ?old }
INSERT {
    <programme/alpenraum/priority/alpen-1> skos:broader <programme/alpenraum/objective/alpen-1-1> .
}
WHERE { <programme/alpenraum/priority/alpen-1> skos:broader ?old }

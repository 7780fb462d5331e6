# Breaks: theme-notation
# No code.

DELETE WHERE { <theme/D05> skos:notation ?old }

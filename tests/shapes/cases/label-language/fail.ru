# Breaks: label-language
# A theme with two names in German.

INSERT DATA { <theme/D05> skos:prefLabel "Cluster"@de }

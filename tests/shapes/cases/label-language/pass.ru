# One name in each of two languages, and another spelling.

INSERT DATA { <theme/D05> skos:prefLabel "Clusters"@en ; skos:altLabel "Cluster"@de }

# Any one code will do.

DELETE { <theme/D05> skos:notation ?old }
INSERT { <theme/D05> skos:notation "D5" }
WHERE { <theme/D05> skos:notation ?old }

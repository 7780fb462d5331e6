# Breaks: count-form
# A word for the German partners, which contradicts nothing.

DELETE { <project/Alpen900> interreg:statedGermanPartnerCount ?old }
INSERT { <project/Alpen900> interreg:statedGermanPartnerCount "one"^^xsd:integer }
WHERE { <project/Alpen900> interreg:statedGermanPartnerCount ?old }

# Breaks: count-form
# A word.

DELETE { <project/Alpen900> interreg:statedPartnerCount ?old }
INSERT { <project/Alpen900> interreg:statedPartnerCount "three"^^xsd:integer }
WHERE { <project/Alpen900> interreg:statedPartnerCount ?old }

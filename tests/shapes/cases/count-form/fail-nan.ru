# Breaks: count-form
# No number, as computers write it.

DELETE { <project/Alpen900> interreg:statedPartnerCount ?old }
INSERT { <project/Alpen900> interreg:statedPartnerCount "NaN"^^xsd:double }
WHERE { <project/Alpen900> interreg:statedPartnerCount ?old }

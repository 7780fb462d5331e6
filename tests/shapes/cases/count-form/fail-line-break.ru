# Breaks: count-form
# A line break after the number.

DELETE { <project/Alpen900> interreg:statedPartnerCount ?old }
INSERT { <project/Alpen900> interreg:statedPartnerCount "3\n"^^xsd:integer }
WHERE { <project/Alpen900> interreg:statedPartnerCount ?old }

# Breaks: amount-form
# An ill-formed number is not called negative.

DELETE { <project/Alpen900> interreg:erdf ?old }
INSERT { <project/Alpen900> interreg:erdf "-1e3"^^xsd:decimal }
WHERE { <project/Alpen900> interreg:erdf ?old }

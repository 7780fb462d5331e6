# Breaks: amount-form
# An ill-formed part; whether the parts exceed the total is not judged.

DELETE { <project/Alpen900> interreg:erdf ?old }
INSERT { <project/Alpen900> interreg:erdf "9e9"^^xsd:double }
WHERE { <project/Alpen900> interreg:erdf ?old }

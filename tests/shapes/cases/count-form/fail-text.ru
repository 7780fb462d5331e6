# Breaks: count-form
# A number left as text.

DELETE { <project/Alpen900> interreg:statedCountryCount ?old }
INSERT { <project/Alpen900> interreg:statedCountryCount "3" }
WHERE { <project/Alpen900> interreg:statedCountryCount ?old }

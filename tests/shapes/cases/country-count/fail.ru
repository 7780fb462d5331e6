# Breaks: country-count
# One fewer stated than listed.

DELETE { <project/Alpen900> interreg:statedCountryCount ?old }
INSERT { <project/Alpen900> interreg:statedCountryCount 2 }
WHERE { <project/Alpen900> interreg:statedCountryCount ?old }

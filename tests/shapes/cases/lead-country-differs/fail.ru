# Breaks: lead-country-differs

DELETE { <project/Alpen900> interreg:statedLeadCountry ?old }
INSERT { <project/Alpen900> interreg:statedLeadCountry country:DEU }
WHERE { <project/Alpen900> interreg:statedLeadCountry ?old }

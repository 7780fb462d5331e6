# Breaks: stated-country
# A country's code as a text.

INSERT DATA { <project/Alpen900> interreg:statedCountry "AT" . }

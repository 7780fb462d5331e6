# Breaks: few-countries
# One country only.

DELETE {
    <project/Alpen900> interreg:country country:ITA , country:DEU ; interreg:statedCountryCount 3 .
}
INSERT { <project/Alpen900> interreg:statedCountryCount 1 }
WHERE {}

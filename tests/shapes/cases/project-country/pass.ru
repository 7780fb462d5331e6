# A country that the graph knows nothing about.

DELETE { <project/Alpen900> interreg:statedCountryCount ?old }
INSERT { <project/Alpen900> interreg:statedCountryCount 4 }
WHERE { <project/Alpen900> interreg:statedCountryCount ?old } ;
INSERT DATA {
    <project/Alpen900> interreg:country country:XKX .
}

# The longest number that is allowed.

DELETE { <project/Alpen900> interreg:totalBudget ?old }
INSERT { <project/Alpen900> interreg:totalBudget "+999999999999999.123456"^^xsd:decimal }
WHERE { <project/Alpen900> interreg:totalBudget ?old }

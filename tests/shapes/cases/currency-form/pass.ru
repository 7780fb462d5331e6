# Another currency of the table.

DELETE { <project/Alpen900> interreg:currency ?old }
INSERT { <project/Alpen900> interreg:currency currency:CHF }
WHERE { <project/Alpen900> interreg:currency ?old }

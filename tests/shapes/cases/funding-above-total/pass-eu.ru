# EU money that is stated as a whole and by fund counts once.

INSERT DATA { <project/Alpen900> interreg:euFunding 800000.0 . }

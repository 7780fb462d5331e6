# Breaks: funding-above-total
# EU money that is not parted by fund.

DELETE { <project/Alpen900> interreg:erdf ?old }
INSERT { <project/Alpen900> interreg:euFunding 800000.01 }
WHERE { <project/Alpen900> interreg:erdf ?old }

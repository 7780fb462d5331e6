# Breaks: funding-above-total
# The money of all funds counts.

INSERT DATA { <project/Alpen900> interreg:ipa 0.01 ; interreg:eni 0.0 . }

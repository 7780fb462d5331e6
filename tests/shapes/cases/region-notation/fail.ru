# Breaks: region-notation
# A region without a code.

INSERT DATA { nuts:AT312 a interreg:Region , skos:Concept . }

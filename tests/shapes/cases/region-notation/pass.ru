# A region with its code.

INSERT DATA { nuts:AT312 a interreg:Region , skos:Concept ; skos:notation "AT312" . }

# From the country to the third level.

INSERT DATA { <participation/Alpen900-001/address> interreg:nuts nuts:AT , nuts:AT3 , nuts:AT31 , nuts:AT312 . }

# Codes of three periods.

INSERT DATA { <programme/alpenraum> skos:notation "2014TC16RFTN001" , "2007CB163PO001" , "2021TC16RFTN001" . }

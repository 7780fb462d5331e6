# Breaks: cci-form
# A name in the place of the code.

INSERT DATA { <programme/alpenraum> skos:notation "Alpine Space" . }

# Breaks: link-form
# A page that is a text.

INSERT DATA { <project/Alpen900> foaf:page "https://example.org/a" . }

# Breaks: website-form
# Unsafe as a link.

INSERT DATA { <participation/Alpen900-001> foaf:homepage <javascript:alert(1)> . }

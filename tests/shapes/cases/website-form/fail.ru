# Breaks: website-form
# Unsafe as a link.

INSERT DATA { <participation/Alpen900-001> foaf:page <javascript:alert(1)> . }

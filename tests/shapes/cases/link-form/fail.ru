# Breaks: link-form
# Unsafe as a link.

INSERT DATA { <project/Alpen900> foaf:page <javascript:alert(1)> . }

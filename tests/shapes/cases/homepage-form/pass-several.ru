# Two pages.

INSERT DATA { <project/Alpen900> foaf:page <https://example.org/a> , <http://example.org/b> . }

# A complete address.

INSERT DATA { <participation/Alpen900-001> foaf:page <https://example.org/linz> . }

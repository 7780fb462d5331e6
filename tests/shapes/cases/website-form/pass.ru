# A complete address.

INSERT DATA { <participation/Alpen900-001> foaf:homepage <https://example.org/linz> . }

# Breaks: partner-id-gap
# Between two numbers, one partner has no id.

DELETE WHERE { <participation/Alpen900-002> dcterms:identifier ?old }

# Breaks: theme-notation
# Two codes.

INSERT DATA {
    <theme/D05> skos:notation "D06" .
}

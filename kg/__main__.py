"""``python -m kg``: the command without its script."""

from kg.cli import main

main()

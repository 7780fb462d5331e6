"""Where the ontology and the shapes are that come with the package.

An installed wheel carries them inside the package; a checkout has them beside it.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["ONTOLOGY", "SHAPES"]

_PACKAGE = Path(__file__).parent


def _folder(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


ONTOLOGY = _folder("ontology")
"""The vocabulary, its alignments, and the concept schemes of roles and themes (Turtle)."""
SHAPES = _folder("shapes")
"""The SHACL shapes, one file a record class (Turtle)."""

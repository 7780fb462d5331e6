"""Changes → RDF Patch: one line a statement, ``D`` for deleted and ``A`` for added.

The header names both graphs by the SHA-256 of their files, which for a build is the hash in its
manifest, so that a patch can be put on the right graph only.

Sources: RDF Patch (https://afs.github.io/rdf-delta/rdf-patch.html); RFC 6920, section 7, for the
names.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.changes.compare import Changes
from kg.changes.update import check_graph_name

__all__ = ["write_patch"]


def write_patch(changes: Changes, *, graph: str | None = None) -> Iterator[str]:
    """Yield the lines of a patch that turns the old graph into the new one.

    Args:
        changes: what is different.
        graph: the named graph that the statements are in; the default graph if not given.

    Raises:
        InputError: ``graph`` is no IRI.
    """
    check_graph_name(graph)
    end = "." if graph is None else f"<{graph}> ."
    yield f"H id <nih:sha-256;{changes.new.sha256}> .\n"
    yield f"H prev <nih:sha-256;{changes.old.sha256}> .\n"
    yield "TX .\n"
    for change in changes.blocks():
        for line in change.removed:
            yield f"D {line[:-1]}{end}\n"
        for line in change.added:
            yield f"A {line[:-1]}{end}\n"
    yield "TC .\n"

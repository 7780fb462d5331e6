"""``graph.nt`` of a build, cut into what belongs together.

It holds project after project, each with all that hangs on it, and then what several share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg import iris

__all__ = ["Section", "sections_of"]

_ID = re.compile(rb"[^>/]*")


class Section(NamedTuple):
    """A project with all that hangs on it, or one resource that projects share.

    ``iri`` is that of the project or resource; ``lines`` are lines of N-Triples as they were given,
    with or without their ends.
    """

    iri: bytes
    lines: list[bytes]
    is_project: bool


def sections_of(lines: Iterable[bytes], base: str) -> Iterator[Section]:
    """Yield the sections of a graph whose IRIs are below ``base``, in its order.

    What hangs on a project is told by its IRI: that is below the project's own, or is one of a
    participation, which follows its project.
    """
    projects = f"<{base}{iris.prefix(iris.PROJECT)}".encode()
    partners = f"<{base}{iris.prefix(iris.PARTICIPATION)}".encode()
    section = Section(b"", [], False)
    own: tuple[bytes, ...] = ()
    for line in lines:
        if line.startswith(own):
            section.lines.append(line)
            continue
        if section.lines:
            yield section
        if is_project := line.startswith(projects):
            subject = projects + _ID.match(line, len(projects))[0]  # type: ignore[index]
            own = (subject + b">", subject + b"/", partners)
        else:
            subject = line[: line.index(b">")]
            own = (subject + b">",)
        section = Section(subject[1:], [line], is_project)
    if section.lines:
        yield section

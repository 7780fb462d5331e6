"""IRIs → prefixed names, for requests of which each byte travels.

Namespaces are found in the statements themselves: the vocabularies have the prefixes that they
always have, what else comes more than once gets ``n1``, ``n2`` and so on. Of local names only the
plain ones are shortened, which every reader takes (SPARQL 1.1 Query, section 19.8, ``PN_LOCAL``,
allows more).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from kg.vocabulary import PREFIXES

__all__ = ["Prefixes"]

_SPLIT = re.compile(r"<([^<>]*[/#=])([A-Za-z_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?|[0-9]+)>")
_KNOWN = {namespace: prefix for prefix, namespace in PREFIXES.items()}


class Prefixes:
    """Short names for terms, with the prologue that declares them.

    ``prefixes`` are names of namespaces by their IRIs; those of the vocabularies if not given.
    """

    def __init__(self, prefixes: Mapping[str, str] = _KNOWN) -> None:
        self._prefixes = prefixes

    @classmethod
    def of(cls, terms: Iterable[str]) -> Prefixes:
        """Return names for the namespaces that come more than once in some terms."""
        found = Counter(match[1] for term in terms if (match := _iri(term)))
        often = [namespace for namespace, number in found.most_common() if number > 1]
        fresh = (f"n{number}" for number in range(1, len(often) + 1))
        return cls({iri: _KNOWN.get(iri) or next(fresh) for iri in often})

    @property
    def prologue(self) -> str:
        """The declarations of all prefixes, a line each."""
        return "".join(f"PREFIX {name}: <{iri}>\n" for iri, name in self._prefixes.items())

    def short(self, term: str) -> str:
        """Return a term, with a prefixed name for an IRI where there is one."""
        match = _iri(term)
        if match is None or match[1] not in self._prefixes:
            return term
        name = f"{self._prefixes[match[1]]}:{match[2]}"
        return name if term[0] == "<" else f"{term[: match.start()]}{name}"


def _iri(term: str) -> re.Match[str] | None:
    """Return the two parts of a term that is an IRI, or of the datatype of one that is typed."""
    if term[0] == "<":
        return _SPLIT.fullmatch(term)
    # a literal ends in its quotation mark, its language or its datatype
    return _SPLIT.search(term, term.rindex('"')) if term[-1] == ">" else None

"""interreg-kg: Interreg project records as a knowledge graph.

Three calls do the work, from a notebook as well as from the command line::

    import kg

    result = kg.build_graph("examples", "output")
    report = kg.validate_graph("output/graph.ttl")
    table = kg.query_graph("lead-partners-by-country", on="output")

``result.graph()`` is the published graph as an ``rdflib.Graph``.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import build_graph, diff_graphs, query_graph, validate_graph

__all__ = ["__version__", "build_graph", "diff_graphs", "query_graph", "validate_graph"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    # the engines behind these calls take time to import, and `kg --help` needs none of them
    if name in __all__:
        return getattr(importlib.import_module("kg.api"), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

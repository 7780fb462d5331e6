"""interreg-kg: Interreg project records as a knowledge graph.

Three calls do the work, from a notebook as well as from the command line::

    import kg

    result = kg.build("examples", "output")
    report = kg.validate("output/graph.ttl")
    rows = kg.query("lead-partners-by-country", on="output")

``result.graph()`` is the published graph as an ``rdflib.Graph``.
"""

from __future__ import annotations

__version__ = "0.1.0"

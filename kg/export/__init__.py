"""A graph → the tables of the exchange layout, which read back to the same graph.

Begin with ``run.py``: the graph is read back to records (``kg/mapping/read_back.py``), a record is
written as cells (``cells.py``), and the cells as files (``files.py``).
"""

from kg.export.files import FORMATS
from kg.export.run import ExportResult, export_graph

__all__ = ["FORMATS", "ExportResult", "export_graph"]

"""Bytes → records: files are found, examined and read by the layout that they have.

A copied text is read by the lines of its layout, everything else as tables, whose layout a source
profile declares. To add a layout of tables, write its profile (docs/profiles.md); to add a format
of files, see ``kg/sources/formats/read.py``.

Imports point down this list, and the import contract in ``pyproject.toml`` holds it:

- ``inspection/`` drafts a profile for an unknown file, ``rules.py`` says how values were read
- ``inputs.py``: the files of a run, each with its layout and its repairs
- ``rejects/`` and ``corrections/``: what people put right, beside the sources
- ``tables/``: tables → records; ``text/``: lines of a copied text → records
- ``formats/``: CSV, JSON and XLSX → tables; ``layouts/``: which field each column states
- ``personal.py``: data of persons, which are not published
- ``values/``: raw text → typed values
- ``files/``, ``fields.py``, ``cell.py``: files, the fields of a record, the cells of a table
"""

from kg.sources.corrections import Corrections, load_corrections
from kg.sources.files import Examined, InputFile
from kg.sources.inputs import (
    EXTENSIONS,
    REJECTS,
    Input,
    Inputs,
    examine_files,
    examine_inputs,
    read_input,
)
from kg.sources.rejects.repairs import Repairs

__all__ = [
    "EXTENSIONS",
    "REJECTS",
    "Corrections",
    "Examined",
    "Input",
    "InputFile",
    "Inputs",
    "Repairs",
    "examine_files",
    "examine_inputs",
    "load_corrections",
    "read_input",
]

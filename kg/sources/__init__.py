"""Bytes → records: files are found, examined and read by the layout that they have.

A copied text is read by the lines of its layout, everything else as tables, whose layout a source
profile declares. To add a layout of tables, write its profile (docs/profiles.md); to add a format
of files, see ``kg/sources/tables/read.py``.
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
from kg.sources.repairs import Repairs

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

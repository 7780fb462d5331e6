"""Files of the input: found, named, opened within bounds, and looked at once before they are read.

``input_file.py`` finds and opens them, ``archives.py`` what is compressed, ``examination.py`` is
the first look at one, ``encodings.py`` tells in which encoding a text is.
"""

from kg.sources.files.examination import examine
from kg.sources.files.input_file import (
    CHUNK,
    STDIN,
    WORKBOOKS,
    Examined,
    FoundFiles,
    InputFile,
    check_name,
    find_files,
    inner_suffix,
    open_raw,
    open_stream,
    open_text,
    with_content,
)

__all__ = [
    "CHUNK",
    "STDIN",
    "WORKBOOKS",
    "Examined",
    "FoundFiles",
    "InputFile",
    "check_name",
    "examine",
    "find_files",
    "inner_suffix",
    "open_raw",
    "open_stream",
    "open_text",
    "with_content",
]

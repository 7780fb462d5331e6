"""Examined files → tables, whatever format they have; nothing here knows what a column means.

``read.py`` lists the formats, ``table.py`` is what all of them give. CSV is read by
``delimited.py``, JSON by ``documents.py`` (with ``json_text.py``), XLSX by ``workbook.py`` (with
``workbook_xml.py`` and ``number_formats.py``); ``grid.py`` finds the header among the rows of the
first and the last.
"""

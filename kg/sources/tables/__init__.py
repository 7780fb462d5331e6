"""Tables → records, by the layout that a profile declares.

``recognition.py`` tells which layout a file has, ``readings.py`` reads files that belong together.
Between the two, ``matching.py`` finds the columns of a layout by their headers, ``styles.py``
decides from all rows how each writes its values (``evidence.py``), and ``columns.py`` puts that
together as plans to read by (``plans.py``, ``parts.py``, ``lists.py``). ``records.py`` makes
records of rows: their values (``cells.py``, ``complete.py``) and partners (``partners.py``), whose
rows wait in ``row_groups.py``.
"""

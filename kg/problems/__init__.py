"""What went wrong, where, and what to do about it.

Two things can go wrong and they are kept apart. A *problem* is a result: it says what is wrong
with the data, the run goes on, and the reader gets all of them. An *exception* is raised when the
run itself cannot go on::

    KgError                      exit status
    ├── InputError               2   a file, a setting or an argument cannot be used
    │   ├── SettingsError        2   kg.toml or an option
    │   ├── ProfileError         2   a source profile
    │   ├── QueryError           2   a query or its parameters
    │   └── Refused              2   file problems: nothing of the run is published
    ├── OutputError              3   the outputs could not be written
    │   └── StoreError           3   the embedded store
    ├── RemoteError              4   another machine failed
    └── Bug                      3   the program contradicts itself, and says so

Each exception says what happened, where, and what to do.
"""

from __future__ import annotations

from kg.problems.catalogue import CODES, Code
from kg.problems.errors import (
    UNCHANGED,
    Bug,
    InputError,
    KgError,
    OutputError,
    ProfileError,
    QueryError,
    Refused,
    RemoteError,
    SettingsError,
    StoreError,
)
from kg.problems.level import Level
from kg.problems.place import Place, column_letters
from kg.problems.problem import Problem, as_utf8, printable, shorten

__all__ = [
    "CODES",
    "UNCHANGED",
    "Bug",
    "Code",
    "InputError",
    "KgError",
    "Level",
    "OutputError",
    "Place",
    "Problem",
    "ProfileError",
    "QueryError",
    "Refused",
    "RemoteError",
    "SettingsError",
    "StoreError",
    "as_utf8",
    "column_letters",
    "printable",
    "shorten",
]

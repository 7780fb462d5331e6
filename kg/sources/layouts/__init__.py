"""Layouts: which field each column states, as the TOML in ``profiles/`` or in a user's own file.

``profile.py`` says what a profile can state, ``patterns.py`` how a cell states several fields,
``load.py`` reads one, ``check.py`` finds what is wrong in it, ``toml_lines.py`` the line of that.
"""

from kg.sources.layouts.load import (
    PROFILES,
    TEXT_PROFILE,
    column_style,
    fields_of,
    load_profile,
    load_text_profile,
    own_profile_file,
    parse_profile,
    shipped_profiles,
)
from kg.sources.layouts.profile import NUMBER

__all__ = [
    "NUMBER",
    "PROFILES",
    "TEXT_PROFILE",
    "column_style",
    "fields_of",
    "load_profile",
    "load_text_profile",
    "own_profile_file",
    "parse_profile",
    "shipped_profiles",
]

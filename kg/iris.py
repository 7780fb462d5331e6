"""The only place that mints IRIs of the data.

An IRI depends on what a thing is and on nothing else: not on the order of the input, not on the
run. A project's IRI comes from its id and never from its acronym, which programmes use again; an
organisation's from its normalised name and country, so that the same partner in two projects is
one node.

Patterns are templates in the manner of R2RML: ``{column}`` stands for a value whose characters
outside the unreserved set of RFC 3986 are percent-encoded.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

from anyascii import anyascii

__all__ = [
    "ADDRESS",
    "CATEGORY",
    "DATASET",
    "INTERVENTION",
    "INVESTMENT_PRIORITY",
    "OBJECTIVE",
    "ORGANISATION",
    "PARENT_PROGRAMME",
    "PARTICIPATION",
    "PARTICIPATION_CORRECTION",
    "POLICY_OBJECTIVE",
    "PRIORITY",
    "PROGRAMME",
    "PROJECT",
    "PROJECT_CORRECTION",
    "REPORT",
    "RESULT",
    "SOURCE",
    "SOURCE_LINES",
    "SOURCE_POINTER",
    "SOURCE_ROW",
    "SOURCE_SHEET_ROW",
    "STRAND",
    "THEMATIC_OBJECTIVE",
    "THEME",
    "encode",
    "mint",
    "normalise_name",
    "organisation_slug",
    "prefix",
    "scheme",
    "slug",
]

PROJECT = "project/{project_id}"
PROJECT_CORRECTION = "project/{project_id}/correction/{field}"
PARTICIPATION = "participation/{participation_key}"
ADDRESS = "participation/{participation_key}/address"
PARTICIPATION_CORRECTION = "participation/{participation_key}/correction/{field}"
ORGANISATION = "organisation/{organisation_country}/{organisation_slug}"
PROGRAMME = "programme/{programme_slug}"
PARENT_PROGRAMME = "programme/{parent_programme_slug}"
"""The programme to which a priority or an objective belongs."""
PRIORITY = "programme/{programme_slug}/priority/{priority_slug}"
OBJECTIVE = "programme/{programme_slug}/objective/{objective_slug}"
THEME = "theme/{theme_code}"
CATEGORY = "{category_scheme}/{category_slug}"
THEMATIC_OBJECTIVE = "thematic-objective/{thematic_objective_slug}"
POLICY_OBJECTIVE = "policy-objective/{policy_objective_slug}"
INVESTMENT_PRIORITY = "investment-priority/{investment_priority_slug}"
STRAND = "strand/{strand_slug}"
INTERVENTION = "intervention/{intervention_slug}"
SOURCE = "source/{source_name}"
SOURCE_ROW = "source/{source_name}#row={source_row}"
"""A row of a table, the header counted (RFC 7111, section 2.1)."""
SOURCE_SHEET_ROW = "source/{source_name}/{source_sheet}#row={source_sheet_row}"
"""A row of a sheet of a workbook."""
SOURCE_POINTER = "source/{source_name}#{source_pointer}"
"""A value of a JSON document (RFC 6901, section 6)."""
SOURCE_LINES = "source/{source_name}#line={source_start},{source_end}"
"""Lines of a text file; positions count from 0 and lie between lines (RFC 5147, section 2.2.1)."""
DATASET = "dataset"
"""The data set itself, which also names its graph in a store."""
REPORT = "report"
"""The SHACL report of a build."""
RESULT = "report#{result_hash}"

_NOT_WORD = re.compile(r"[^0-9a-z]+")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]*").fullmatch
_SIGNS = re.compile(r"((?<=[^\W\d_])[+#]+(?![\w+#]))|[+#]")
"""Signs behind the last letter of a word, and any others."""
_SLUG_LENGTH = 60
_HASH_LENGTH = 8


@lru_cache(maxsize=4096)
def encode(value: str) -> str:
    """Return ``value`` as it stands in the place of a template's column."""
    return value if _UNRESERVED(value) else quote(value, safe="")


def mint(base: str, template: str, **columns: str) -> str:
    """Return the IRI that a template gives below a base for the values of its columns."""
    return base + template.format(**{name: encode(value) for name, value in columns.items()})


def prefix(template: str) -> str:
    """Return what all IRIs of a template begin with below a base: ``project/``."""
    return template.partition("{")[0]


def scheme(template: str) -> str:
    """Return the first step of the path of a template's IRIs: ``thematic-objective``."""
    return template.partition("/")[0]


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """Return a readable, lower-case ASCII name: ``Alpen / Alpenraum`` → ``alpen-alpenraum``.

    Text without any letter or digit gives a hash of itself, so that a slug is never empty.
    """
    ascii_text = anyascii(unicodedata.normalize("NFC", text)).casefold()
    words = _NOT_WORD.sub("-", ascii_text)[: _SLUG_LENGTH + 1].strip("-")
    return words[:_SLUG_LENGTH].strip("-") or _hash(text)


def normalise_name(name: str) -> str:
    """Return the form in which two spellings of one organisation are equal.

    Case, spacing, punctuation and the composition of accents do not count; letters, digits and
    accents themselves do, and a ``+`` or ``#`` that ends a word (``C++``, ``C#``). A name without
    any of them is itself.
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())
    if "+" in folded or "#" in folded:
        folded = _SIGNS.sub(lambda found: found[1] or " ", folded)
    parts = " ".join(folded.translate(_NAME_PARTS).split())
    return parts or unicodedata.normalize("NFC", name)


class _NameParts(dict[int, str | None]):
    """What becomes of each character of a name, by its code point; found once for each.

    What is neither letter, digit nor mark separates words; invisible format characters do not, and
    of ``+`` and ``#`` only those are left that belong to a word.
    """

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        category = unicodedata.category(character)
        counts = category[0] in "LNM" or character in "+#"
        part = None if category == "Cf" else character if counts else " "
        self[code] = part
        return part


_NAME_PARTS = _NameParts()


@lru_cache(maxsize=32768)
def organisation_slug(name: str) -> str:
    """Return slug and short hash of an organisation's normalised name.

    The hash keeps apart what the slug makes alike, such as names in two scripts.
    """
    normalised = normalise_name(name)
    return f"{slug(normalised)}-{_hash(normalised)}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_HASH_LENGTH]

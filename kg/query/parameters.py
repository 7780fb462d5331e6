"""Parameters of a query: declared in its text, bound as terms, never as text.

A parameter is a variable with a data block of its own, which holds the default::

    VALUES ?country { "AT" }

so a query runs as it stands in any SPARQL 1.1 store, and a value takes the place of what is between
the braces. This is done in the text and not through an engine's own binding, because then one way
serves the embedded store, rdflib and a remote endpoint, to which only text travels.

Why that is safe, whatever the value is:

1. The value is converted to the declared type first (``TYPES``): an integer is a Python ``int``, a
   country a known code. What does not convert is refused.
2. It becomes one term by ``sparql_literal`` or ``sparql_iri``, which leave no character that could
   end the term: quotes, backslashes and line ends are escaped, forbidden characters of an IRI are
   refused.
3. The finished text is read again: apart from the one term in each block it must have the very
   tokens of the template. Then the engine parses it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import NamedTuple

from kg.countries import find_country
from kg.problems import Bug, QueryError, shorten
from kg.query.syntax import QueryOutline, Token, read_outline
from kg.terms import as_sparql, canonical_decimal, iri, is_iri, literal
from kg.vocabulary import XSD

__all__ = ["TYPES", "UNBOUND", "Parameter", "bind", "sparql_iri", "sparql_literal"]

UNBOUND = "UNDEF"
"""What stands in the block of a parameter that restricts nothing."""

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)


class Parameter(NamedTuple):
    """A parameter of a query.

    ``type`` is one of ``TYPES``; ``default`` the text between the braces of its ``VALUES`` clause.
    """

    name: str
    type: str
    description: str
    default: str

    @property
    def shown_default(self) -> str:
        """The default as a reader would write it; empty where it restricts nothing."""
        if self.default in (UNBOUND, '""'):
            return ""
        return self.default.partition("^^")[0].strip('"<>')


def sparql_literal(value: str, datatype: str = XSD.string) -> str:
    """Return a literal as SPARQL text that every reader takes for the same value.

    Raises:
        ValueError: the value holds lone surrogates, which no RDF term can.
    """
    value.encode()
    return as_sparql(literal(value, datatype))


def sparql_iri(value: str) -> str:
    """Return an absolute IRI as SPARQL text.

    Raises:
        ValueError: it is not an absolute IRI.
    """
    value.encode()
    if not is_iri(value):
        raise ValueError("an absolute IRI, such as https://example.org/a")
    return iri(value)


def _text(value: object) -> str:
    return sparql_literal(str(value))


def _integer(value: object) -> str:
    text = str(value).strip()
    if isinstance(value, bool) or not _INTEGER.fullmatch(text):
        raise ValueError("a whole number, such as 2")
    return sparql_literal(str(int(text)), XSD.integer)


def _decimal(value: object) -> str:
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite() or abs(number.adjusted()) > 17:
        raise ValueError("a number with a decimal point, such as 1250000.50")
    return sparql_literal(canonical_decimal(number), XSD.decimal)


def _date(value: object) -> str:
    try:
        day = date.fromisoformat(str(value).strip())
    except ValueError:
        raise ValueError("a date in the form 2016-01-31") from None
    return sparql_literal(day.isoformat(), XSD.date)


def _boolean(value: object) -> str:
    word = str(value).strip().lower()
    if word not in ("true", "false"):
        raise ValueError("true or false")
    return sparql_literal(word, XSD.boolean)


def _country(value: object) -> str:
    country = find_country(str(value).strip().upper())
    if country is None:
        raise ValueError("a country's code in two letters, such as AT")
    return sparql_literal(country.alpha2)


def _iri(value: object) -> str:
    return sparql_iri(str(value).strip())


TYPES: dict[str, Callable[[object], str]] = {
    "string": _text,
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "boolean": _boolean,
    "country": _country,
    "iri": _iri,
}
"""The parameter types: each converts a value to a term, or raises ValueError with what it takes."""


def bind(
    text: str,
    outline: QueryOutline,
    declared: tuple[Parameter, ...],
    values: Mapping[str, object],
    *,
    place: str = "",
) -> str:
    """Return the text of a query with values in the data blocks of its parameters.

    A value of ``None``, or an empty text where the default is ``UNDEF``, restricts nothing.

    Raises:
        QueryError: there is no such parameter, or a value is not of its type.
    """
    by_name = {parameter.name: parameter for parameter in declared}
    terms = {name: _term(_find(name, by_name, place), value) for name, value in values.items()}
    edits = sorted(
        ((block, name) for name in terms for block in outline.blocks[name]),
        key=lambda edit: edit[0].start,
        reverse=True,
    )
    bound = text
    for block, name in edits:
        bound = f"{bound[: block.start]} {terms[name]} {bound[block.stop :]}"
    _check_same(outline, bound, terms)
    return bound


def _find(name: str, by_name: Mapping[str, Parameter], place: str) -> Parameter:
    if name in by_name:
        return by_name[name]
    near = get_close_matches(name, by_name, n=1)
    known = ", ".join(by_name) or "none"
    raise QueryError(
        f"The query has no parameter ‹{shorten(name)}›.",
        place=place,
        remedy=f"Did you mean {near[0]}?" if near else f"Its parameters: {known}.",
    )


def _term(parameter: Parameter, value: object) -> str:
    optional = parameter.default == UNBOUND
    if value is None or (optional and value == ""):
        if not optional:
            raise QueryError(f"The parameter {parameter.name} needs a value.")
        return UNBOUND
    try:
        return TYPES[parameter.type](value)
    except UnicodeEncodeError as error:
        raise QueryError(f"The parameter {parameter.name} holds bytes that are no text.") from error
    except ValueError as error:
        raise QueryError(
            f"The parameter {parameter.name} cannot be ‹{shorten(str(value))}›.",
            remedy=f"It takes {error}.",
        ) from error


def _check_same(outline: QueryOutline, bound: str, terms: Mapping[str, str]) -> None:
    """Check that values changed nothing but the terms in the data blocks.

    Raises:
        Bug: they did.
    """
    after = read_outline(bound)
    for name, term in terms.items():
        written = {bound[block].strip() for block in after.blocks.get(name, [])}
        if written != {term} or len(after.blocks[name]) != len(outline.blocks[name]):
            raise Bug(f"The value of the parameter {name} is more than a value.")
    if _fixed(outline, terms) != _fixed(after, terms):
        raise Bug("The parameters changed the query.")


def _fixed(outline: QueryOutline, names: Mapping[str, str]) -> list[str]:
    """Return the tokens of a query outside of the data blocks of some variables."""
    blocks = [block for name in names for block in outline.blocks[name]]

    def inside(token: Token) -> bool:
        return any(block.start <= token.start < block.stop for block in blocks)

    return [token.text for token in outline.tokens if not inside(token)]

"""SPARQL text, read just far enough to know what it is: form, prefixes, parameters, dangers.

The grammar proper is the engine's business. This is the lexical layer of SPARQL 1.1 (section 19.8),
with which a query is judged before an engine sees it:

- **Form.** An update is refused; whether a query selects, constructs or asks is known beforehand.
- **Reach.** ``SERVICE`` and ``FROM`` make engines call other machines, and Oxigraph cannot be told
  not to. A keyword counts even where it is glued to what stands beside it (``SERVICE:name``), which
  engines accept. Where the word stands only in strings, comments or names, rdflib parses the query
  as a second opinion: two readers have to agree that nothing is called.
- **Size.** Deep nesting ends the process inside Oxigraph (measured: 3,000 open braces, 10,000
  exclamation marks), so depth and number of tokens are limited before it parses.

What two readers could take for different tokens is refused, for a reader that can be misled guards
nothing: an escaped quote or bracket outside the reach of ordinary escapes (``U+0022`` as a code
point), and ``?a<b#c>``, which is either an IRI or a comparison with a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple, cast

from kg.problems import QueryError
from kg.vocabulary import PREFIXES

__all__ = [
    "MAX_CHARACTERS",
    "MAX_DEPTH",
    "MAX_TOKENS",
    "QueryOutline",
    "Token",
    "add_prologue",
    "is_sparql",
    "line_at",
    "read_outline",
]

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 200
MAX_TOKENS = 5_000
"""Limits for a query. The data of a ``VALUES`` clause does not count as tokens."""

FORMS = ("SELECT", "CONSTRUCT", "ASK", "DESCRIBE")
UPDATES = (
    "INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH",
)  # fmt: skip

_ESCAPE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_LOCAL = r"(?:[\w:%·‿⁀-]|\\.|\.(?=[\w.:%\\·‿⁀-]))*"
_TOKEN = re.compile(
    rf"""
      (?P<space>[ \t\r\n]+ | \#[^\r\n]*)
    | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|{_ESCAPE})*>)
    | (?P<string>\"\"\"(?:\"{{0,2}}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
               | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$]\w[\w·‿⁀]*)
    | (?P<blank>_:\w(?:[\w.·‿⁀-]*[\w·‿⁀-])?)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:[^\W\d_](?:[\w.·‿⁀-]*[\w·‿⁀-])?)?:{_LOCAL})
    | (?P<word>[^\W\d]\w*)
    | (?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ASCII_ESCAPE = re.compile(r"\\(?:u00|U000000)([0-7][0-9A-Fa-f])")
_SCHEME = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_OPENING, _CLOSING = "{([", "})]"


_BEGINNING = re.compile(
    rf"\s*(?:\#[^\r\n]*[\r\n]\s*)*(?:PREFIX|BASE|{'|'.join((*FORMS, *UPDATES))})[\s<]",
    re.IGNORECASE,
)


class Token(NamedTuple):
    """A piece of SPARQL text: its kind, the text itself, and where it stands."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def keyword(self) -> str:
        """The text in capitals, as keywords are compared; empty for any other kind."""
        return self.text.upper() if self.kind == "word" else ""


class QueryOutline(NamedTuple):
    """What is known of a query before an engine parses it.

    ``blocks`` are the data blocks of ``VALUES ?variable { … }``: for each variable the places
    between the braces. ``declared`` are the prefixes with their IRIs, ``used`` those it needs.
    ``calls`` where it may call other machines.
    """

    form: str
    tokens: tuple[Token, ...]
    blocks: dict[str, list[slice]]
    declared: dict[str, str]
    used: frozenset[str]
    calls: bool


def is_sparql(text: str) -> bool:
    """Tell a text in SPARQL from the name of a query or of a file.

    A pattern has braces; without one (``DESCRIBE <…>``), the first word tells.
    """
    return "{" in text or _BEGINNING.match(text) is not None


def read_outline(text: str, *, place: str = "", allow_service: bool = False) -> QueryOutline:
    """Return the outline of a query that may be run. ``place`` names it in errors.

    With ``allow_service`` it may call other machines.

    Raises:
        QueryError: it is an update, would reach out to other machines, is too large or too deep,
            or can be read in two ways.
    """
    _check_characters(text, place)
    tokens = tuple(_tokens(text))
    _check_escapes(tokens, text, place)
    declared, rest = _prologue(tokens)
    form = _form(rest, text, place)
    blocks, counted = _blocks(tokens)
    _check_size(counted, text, place)
    _check_ambiguity(rest, text, place)
    _check_reach(tokens, text, place, allow_service=allow_service)
    _check_terms(tokens, text, place)
    used = frozenset(t.text.partition(":")[0] for t in rest if t.kind == "name")
    calls = allow_service and "service" in text.lower()
    return QueryOutline(form, tokens, blocks, declared, used, calls)


def add_prologue(text: str, outline: QueryOutline, base: str, *, place: str = "") -> str:
    """Return the text with declarations of the standard prefixes that it uses without declaring.

    Where it has relative IRIs, ``base`` is what they are relative to, unless it declares another.
    The declarations stand before the first line, so that line numbers stay.

    Raises:
        QueryError: a prefix is neither declared nor standard.
    """
    missing = sorted(outline.used - outline.declared.keys())
    for prefix in missing:
        if prefix not in PREFIXES:
            position = next(t.start for t in outline.tokens if t.text.startswith(f"{prefix}:"))
            raise QueryError(
                f"The prefix ‹{prefix}:› is not declared.",
                place=line_at(text, position, place),
                remedy=f"Add PREFIX {prefix}: <…>, or use one of {', '.join(sorted(PREFIXES))}.",
            )
    declared = [f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in missing]
    is_relative = any(t.kind == "iri" and not _SCHEME.match(t.text) for t in outline.tokens)
    # a base is what a manifest states, and could be more than an IRI
    if is_relative and all(token.kind == "iri" for token in _tokens(f"<{base}>")):
        declared.insert(0, f"BASE <{base}> ")
    return "".join(declared) + text


def line_at(text: str, position: int, place: str = "") -> str:
    """Return where a position of a text is: ``my.rq:12``, or ``line 12`` without a place."""
    line = text.count("\n", 0, position) + 1
    return f"{place}:{line}" if place else f"line {line}"


def _tokens(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        if kind != "space":
            yield Token(kind, match.group(), match.start(), match.end())


def _check_characters(text: str, place: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise QueryError(
            f"The query has more than {MAX_CHARACTERS:,} characters.",
            place=place,
            remedy="Put long lists of values into a graph and query that.",
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise QueryError(
            "The query holds bytes that are not UTF-8.",
            place=line_at(text, error.start, place),
            remedy="Save it as UTF-8.",
        ) from error


def _check_escapes(tokens: tuple[Token, ...], text: str, place: str) -> None:
    """Refuse escapes that some engines replace before they look for the ends of strings."""
    places = [
        match.start()
        for match in _ASCII_ESCAPE.finditer(text)
        if not chr(int(match[1], 16)).isalnum()
    ]
    places += [
        token.start
        for token in tokens
        if token.text == "\\" or (token.kind == "name" and "\\u" in token.text.lower())
    ]
    if places:
        raise QueryError(
            "An escaped character here may mean one thing to one engine and another to the next.",
            place=line_at(text, min(places), place),
            remedy="Write the character itself.",
        )


def _check_ambiguity(tokens: tuple[Token, ...], text: str, place: str) -> None:
    """Refuse ``?a<b#c>``: after a value, ``<`` may compare, and then ``#`` begins a comment."""
    for before, token in pairwise(tokens):
        if token.kind != "iri" or _ABSOLUTE.match(token.text):
            continue
        operand = before.kind != "mark" or before.text in _CLOSING
        if operand and set(token.text) & set("#'()[]"):
            raise QueryError(
                f"‹{token.text}› can be read as an IRI or as a comparison.",
                place=line_at(text, token.start, place),
                remedy="Write the IRI in full or with a prefix, or put a space after <.",
            )


def _prologue(tokens: tuple[Token, ...]) -> tuple[dict[str, str], tuple[Token, ...]]:
    """Return the declared prefixes, and the tokens after the prologue."""
    declared = {}
    position = 0
    while position < len(tokens):
        keyword = tokens[position].keyword
        if keyword == "PREFIX" and position + 2 < len(tokens):
            declared[tokens[position + 1].text.rstrip(":")] = tokens[position + 2].text[1:-1]
            position += 3
        elif keyword == "BASE":
            position += 2
        else:
            break
    return declared, tokens[position:]


def _form(tokens: tuple[Token, ...], text: str, place: str) -> str:
    first = tokens[0].keyword if tokens else ""
    for form in FORMS:
        if first.startswith(form):
            return form
    where = line_at(text, tokens[0].start, place) if tokens else place
    if first.startswith(UPDATES):
        raise QueryError(
            f"This is an update ({first}), and a query only reads.",
            place=where,
            remedy="Change the sources and build again.",
        )
    raise QueryError(
        "This is not a SPARQL query." if tokens else "The query is empty.",
        place=where,
        remedy="A query begins with SELECT, CONSTRUCT, ASK or DESCRIBE, after PREFIX lines.",
    )


def _check_reach(tokens: tuple[Token, ...], text: str, place: str, *, allow_service: bool) -> None:
    for token in tokens:
        if token.keyword == "FROM":
            raise QueryError(
                "FROM names a graph to read, and a query here reads the graph that --on names.",
                place=line_at(text, token.start, place),
                remedy="Leave FROM out.",
            )
        glued = token.text.partition(":")[0] if token.kind in ("word", "name") else ""
        if "SERVICE" in glued.upper() and not allow_service:
            raise _service(line_at(text, token.start, place))
    if "service" in text.lower() and not allow_service:
        _check_parsed(text, place)


def _check_terms(tokens: tuple[Token, ...], text: str, place: str) -> None:
    """Refuse triple terms (SPARQL 1.2), which no format of results here can hold."""
    for token, after in pairwise(tokens):
        is_term = token.text == after.text == "<" and token.end == after.start
        is_call = token.keyword.endswith("TRIPLE") and after.text == "("
        if is_term or (is_call and token.keyword != "ISTRIPLE"):
            raise QueryError(
                "Triple terms are SPARQL 1.2, and results here are RDF 1.1.",
                place=line_at(text, token.start, place),
                remedy="Ask for subject, predicate and object on their own.",
            )


def _check_parsed(text: str, place: str) -> None:
    """Have rdflib confirm that a query calls no service, whose text holds the word."""
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        calls = _names_service(parseQuery(text))
    except Exception as error:
        # whatever rdflib makes of it, it is not known to call no service
        raise QueryError(
            "The query holds the word SERVICE and cannot be read in a second way.",
            place=place,
            remedy="Use SPARQL 1.1 only, or leave the word out.",
        ) from error
    if calls:
        raise _service(place)


def _names_service(node: object) -> bool:
    """Say whether rdflib's syntax tree has a SERVICE pattern anywhere."""
    if getattr(node, "name", None) == "ServiceGraphPattern":
        return True
    if isinstance(node, Mapping):
        return any(map(_names_service, node.values()))
    is_branch = isinstance(node, Iterable) and not isinstance(node, str)
    return is_branch and any(map(_names_service, cast("Iterable[object]", node)))


def _service(place: str) -> QueryError:
    return QueryError(
        "SERVICE calls another machine, and queries here do not.",
        place=place,
        remedy="Ask the other endpoint on its own; with --endpoint, --allow-service asks for it.",
    )


def _blocks(tokens: tuple[Token, ...]) -> tuple[dict[str, list[slice]], list[Token]]:
    """Return the data blocks of single variables, and the tokens outside of all data blocks."""
    blocks: dict[str, list[slice]] = {}
    outside: list[Token] = []
    position = 0
    while position < len(tokens):
        outside.append(tokens[position])
        if tokens[position].keyword == "VALUES":
            opening = _find_mark("{", tokens, position)
            closing = _find_mark("}", tokens, opening)
            if closing < len(tokens):
                head = tokens[position + 1 : opening]
                if len(head) == 1 and head[0].kind == "variable":
                    inside = slice(tokens[opening].end, tokens[closing].start)
                    blocks.setdefault(head[0].text[1:], []).append(inside)
                position = closing
        position += 1
    return blocks, outside


def _find_mark(mark: str, tokens: tuple[Token, ...], position: int) -> int:
    while position < len(tokens) and tokens[position].text != mark:
        position += 1
    return position


def _check_size(tokens: list[Token], text: str, place: str) -> None:
    depth = weight = 0
    for token in tokens:
        if token.kind == "mark":
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
        # what looks like a relative IRI may be a comparison, with operators inside
        hidden = token.kind == "iri" and not _ABSOLUTE.match(token.text)
        weight += len(token.text) if hidden else 1
        if depth > MAX_DEPTH or weight > MAX_TOKENS:
            what = "is nested too deeply" if depth > MAX_DEPTH else "is too long"
            raise QueryError(
                f"The query {what}: at most {MAX_DEPTH} levels and {MAX_TOKENS:,} tokens.",
                place=line_at(text, token.start, place),
                remedy="Split it, or put long lists into VALUES.",
            )

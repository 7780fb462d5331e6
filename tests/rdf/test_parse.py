"""RDF of any syntax is read as canonical lines."""

from __future__ import annotations

import pyoxigraph

from kg.rdf import FORMATS, TURTLE, by_extension, by_media_type, parse_rdf
from kg.vocabulary import XSD


def test_each_format_is_found_by_its_names() -> None:
    for fmt in FORMATS:
        assert by_media_type(f"{fmt.media_type}; charset=utf-8") is fmt
        assert all(by_extension(f"graph.{extension}") is fmt for extension in fmt.extensions)
        assert pyoxigraph.RdfFormat.from_media_type(fmt.media_type) is not None


def test_what_is_parsed_is_canonical() -> None:
    turtle = b"@prefix e: <http://e/> . e:s e:p 1, 'a\\tb'@de ."
    assert set(parse_rdf(turtle, TURTLE, place="test")) == {
        f'<http://e/s> <http://e/p> "1"^^<{XSD.integer}> .',
        '<http://e/s> <http://e/p> "a\\tb"@de .',
    }

"""RDF of any syntax is read as canonical lines."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph

from kg.rdf import FORMATS, TURTLE, by_extension, by_media_type, parse_rdf, read_merged
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


def test_blank_nodes_of_different_files_are_different_ones(tmp_path: Path) -> None:
    one, two = tmp_path / "one.nt", tmp_path / "two.nt"
    one.write_text('_:x <http://e/p> "no _:x, no \\" _:x" .\n<http://e/s> <http://e/_:p> _:x .\n')
    two.write_text("_:x <http://e/p> _:f1-x .\n")
    assert read_merged([one]) == one.read_text().splitlines()
    assert read_merged([one, two]) == [
        '_:f1-x <http://e/p> "no _:x, no \\" _:x" .',
        "<http://e/s> <http://e/_:p> _:f1-x .",
        "_:f2-x <http://e/p> _:f2-f1-x .",
    ]

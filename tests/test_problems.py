"""What is told of a text that somebody else wrote."""

from __future__ import annotations

import pytest

from kg.problems import as_utf8, printable, shorten


def test_a_long_text_is_cut_to_one_line() -> None:
    assert shorten("a\n b  c") == "a b c"
    assert shorten("x" * 100, 10) == "xxxxxxxxx…"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Größe\n2", "Größe\n2"),
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("\u202egpj", "\\x202egpj"),
        ("name\udcff", "name\\xff"),
    ],
)
def test_no_character_steers_a_terminal(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_byte_that_is_no_character_is_told_with_its_value() -> None:
    assert as_utf8("caf\udce9") == "caf\\xe9"

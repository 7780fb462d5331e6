"""Settings: options, then ``kg.toml`` beside the sources, then defaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.problems import SettingsError
from kg.settings import DEFAULT_BASE, read_settings


def test_defaults_without_a_file(tmp_path: Path) -> None:
    assert read_settings([tmp_path]).base == DEFAULT_BASE


def test_the_file_beside_the_sources(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('title = "Ours"\nbase = "https://data.example.org/"\n')
    source = tmp_path / "records.txt"
    assert read_settings([source]).title == "Ours"
    assert read_settings([tmp_path]).base == "https://data.example.org/"


def test_an_option_goes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('base = "https://data.example.org/"\n')
    assert read_settings([tmp_path], {"base": "https://x.org/"}).base == "https://x.org/"
    assert read_settings([tmp_path], {"base": None}).base == "https://data.example.org/"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("base = ", "not TOML"),
        ('colour = "red"', "colour"),
        ('base = "data"', "absolute IRI"),
        ('base = "ftp://data.example.org/"', "absolute IRI"),
        ('endpoint = "http:"', "absolute IRI"),
        ('base = "https://example.org/data"', "end in a slash"),
        ('licence = "CC BY"', "licence"),
        ("strict = 1", "kg.toml: strict is ‹1›. It is to be true or false"),
        ('formats = ["ttl", "pdf"]', "formats is ‹ttl, pdf›. It is to be a list of nt, ttl, "),
        ('engine = "shakl"', "kg.toml: engine is ‹shakl›. It is to be shacl or pyshacl"),
        ("title = 1", "title is ‹1›. It is to be a text"),
        ('title = " "', "title is empty"),
        ('publisher_name = "a\\u0000"', "publisher_name holds a control character"),
        ('language = "e n"', "language is ‹e n›, which is not a language tag"),
    ],
)
def test_what_is_wrong_in_the_file_is_told(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "kg.toml").write_text(text)
    with pytest.raises(SettingsError, match=told):
        read_settings([tmp_path])


def test_a_language_is_written_in_its_usual_case(tmp_path: Path) -> None:
    assert read_settings([tmp_path], {"language": "DE_at"}).language == "de-AT"


def test_what_is_wrong_in_an_option_is_no_fault_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as error:
        read_settings([tmp_path], {"formats": ["pdf"]})
    assert str(error.value).startswith("formats is ‹pdf›. It is to be a list of nt, ttl")


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_bytes(b'strict = true\ntitle = "\xc4"\n')
    with pytest.raises(SettingsError, match=r"kg.toml: Line 2 is not UTF-8\. Save the file"):
        read_settings([tmp_path])

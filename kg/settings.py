"""Settings of a build: options first, then ``kg.toml`` beside the sources, then defaults.

They are read once and passed on as an argument.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, get_args

import msgspec

from kg.problems import SettingsError, shorten
from kg.terms import is_iri, language_tag

__all__ = [
    "DEFAULT_BASE",
    "ENGINES",
    "FORMATS",
    "SETTINGS_FILE",
    "Engine",
    "OutputFormat",
    "Settings",
    "check_iri",
    "read_settings",
]

DEFAULT_BASE = "https://w3id.org/interreg-kg/"
SETTINGS_FILE = "kg.toml"

Engine = Literal["shacl", "pyshacl"]
"""A SHACL engine."""
ENGINES: tuple[Engine, ...] = get_args(Engine)

OutputFormat = Literal["nt", "ttl", "jsonld", "store"]
"""A form in which a build writes the graph."""
FORMATS: tuple[OutputFormat, ...] = get_args(OutputFormat)
"""All of them; the first, N-Triples, is always written, as the others can be made from it."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a publisher decides.

    ``base`` is the IRI below which the data's IRIs are minted; it ends in a slash.
    ``licence`` and ``publisher`` are IRIs of the data set, ``title`` and ``description`` its texts
    in ``language`` (BCP 47). ``endpoint`` is the address of a SPARQL endpoint that serves it.
    ``strict`` holds back records on warnings too. ``profiles`` are the source profiles by which
    files are read, names or paths (those in ``kg.toml`` from its folder); without any, files are
    recognised by the profiles that come with the package. ``corrections`` is the path of a file of
    values put right. ``formats`` are the forms in which the graph is written besides N-Triples.
    """

    base: str = DEFAULT_BASE
    title: str = "Interreg projects"
    description: str | None = None
    language: str = "en"
    licence: str | None = None
    publisher: str | None = None
    publisher_name: str | None = None
    endpoint: str | None = None
    engine: Engine = "shacl"
    strict: bool = False
    profiles: tuple[str, ...] = ()
    corrections: str | None = None
    formats: tuple[OutputFormat, ...] = FORMATS

    def __post_init__(self) -> None:
        for name in ("base", "licence", "publisher", "endpoint"):
            value = getattr(self, name)
            if value is not None:
                check_iri(name, value)
        if not self.base.endswith("/"):
            raise SettingsError(
                f"base is ‹{self.base}›.", remedy="Let the base IRI end in a slash."
            )
        for name in ("title", "description", "publisher_name"):
            _check_text(name, getattr(self, name))
        tag = language_tag(self.language)
        if tag is None:
            raise SettingsError(
                f"language is ‹{shorten(self.language)}›, which is not a language tag.",
                remedy="State one such as en, de or de-AT.",
            )
        msgspec.structs.force_setattr(self, "language", tag)


_KINDS = {
    "engine": " or ".join(ENGINES),
    "strict": "true or false",
    "profiles": "a list of names and of paths",
    "formats": f"a list of {', '.join(FORMATS)}",
}
"""What a setting is to be where it is no text."""


def read_settings(sources: Sequence[Path], options: Mapping[str, object] | None = None) -> Settings:
    """Return the settings for ``sources``: given options, then ``kg.toml`` beside the first source.

    Options that are ``None`` were not given.

    Raises:
        SettingsError: ``kg.toml`` cannot be read, or holds what is not a setting.
    """
    stated: dict[str, object] = {}
    if sources:
        folder = sources[0] if sources[0].is_dir() else sources[0].parent
        path = folder / SETTINGS_FILE
        stated = _read_file(path)
        stated["profiles"] = _from_folder(stated.get("profiles", ()), folder)
        if isinstance(stated.get("corrections"), str):
            stated["corrections"] = str(folder / str(stated["corrections"]))
        try:
            _settings(stated)
        except SettingsError as error:
            error.place = str(path)
            raise
    given = {name: value for name, value in (options or {}).items() if value is not None}
    return _settings(stated | given)


def _settings(values: Mapping[str, object]) -> Settings:
    """Return settings of these values.

    Raises:
        SettingsError: one has no such name, is of another kind, or cannot be used.
    """
    known = Settings.__struct_fields__
    unknown = sorted(values.keys() - set(known))
    if unknown:
        raise SettingsError(
            f"There is no setting {shorten(', '.join(unknown))}.",
            remedy=f"The settings are {', '.join(known)}.",
        )
    try:
        return msgspec.convert(values, Settings)
    except msgspec.ValidationError as error:
        name = next((name for name in known if f"`$.{name}" in str(error)), "")
        raise SettingsError(
            f"{name} is ‹{shorten(_as_text(values.get(name)))}›.",
            remedy=f"It is to be {_KINDS.get(name, 'a text in quotes')}.",
        ) from error


def _as_text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _read_file(path: Path) -> dict[str, object]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError(
            f"The file cannot be read: {error.strerror or error}.", place=str(path)
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SettingsError(
            f"Line {line} is not UTF-8.", place=str(path), remedy="Save the file as UTF-8."
        ) from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"The file is not TOML: {error}.", place=str(path), remedy="Correct this line."
        ) from error


def _from_folder(profiles: object, folder: Path) -> object:
    """Return profiles as stated in ``kg.toml``, the paths of files from its folder."""
    if not isinstance(profiles, list):
        return profiles
    return [str(folder / p) if str(p).endswith(".toml") else p for p in profiles]


def _check_text(name: str, value: str | None) -> None:
    """Check that a text says something, and holds no character that RDF cannot write.

    Raises:
        SettingsError: it is empty, or holds a control character.
    """
    if value is None:
        return
    if not value.strip():
        raise SettingsError(f"{name} is empty.", remedy="State a text, or leave the setting out.")
    if any(ord(c) < 32 and c not in "\t\n\r" for c in value):
        raise SettingsError(f"{name} holds a control character.", remedy="Take it out.")


def check_iri(name: str, value: str) -> None:
    """Check that the value of a setting is an absolute IRI, of a scheme under which data stand.

    Raises:
        SettingsError: it is none.
    """
    scheme = value.partition(":")[0].lower()
    if scheme not in {"http", "https", "urn"} or not is_iri(value):
        raise SettingsError(
            f"{name} is ‹{value}›, which is not an absolute IRI.",
            remedy="State an IRI such as https://example.org/interreg/.",
        )

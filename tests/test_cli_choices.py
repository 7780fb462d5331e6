"""The choices that the command offers are those of the rooms that know them.

The command names them itself, as it does not import these rooms before they are used.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator

import click
import pytest

from kg.changes import LANGUAGES
from kg.cli import COMMANDS
from kg.export import FORMATS as EXPORTS
from kg.query.results import FORMATS as RESULTS
from kg.rdf import FORMATS as SYNTAXES
from kg.remote import KINDS
from kg.settings import ENGINES

KNOWN: dict[str, Iterable[str]] = {
    "build --engine": [*ENGINES, "spark"],
    "diff --language": LANGUAGES,
    "export --format": [form.name for form in EXPORTS],
    "push --kind": KINDS,
    "query --format": ["table", *RESULTS],
    "validate --engine": ENGINES,
    "validate --language": LANGUAGES,
}
OWN = {"diff --format", "push --verify", "store action", "validate --format"}
"""What only the command knows."""


def choices() -> Iterator[tuple[str, list[str]]]:
    for name in COMMANDS:
        command = importlib.import_module(f"kg.cli.{name}").command
        for each in (command, *getattr(command, "commands", {}).values()):
            for parameter in each.params:
                if isinstance(parameter.type, click.Choice):
                    option = max(parameter.opts, key=len)
                    yield f"{each.name} {option}", list(map(str, parameter.type.choices))


FOUND = {option: offered for option, offered in choices() if option not in OWN}


@pytest.mark.parametrize("option", FOUND)
def test_the_command_offers_what_there_is(option: str) -> None:
    offered = FOUND[option]
    if option == "store --format":
        assert set(offered) <= {syntax.extension for syntax in SYNTAXES}
    else:
        assert offered == list(KNOWN[option])

"""What arguments of the commands have in common."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, ClassVar

import click
from click.core import ParameterSource

__all__ = ["FilePath", "OutputPath", "given_names", "refuse_beside"]


class FilePath(click.Path):
    """A path. An empty one, of a variable that is not set perhaps, is not the current folder."""

    refused: ClassVar[Mapping[str, str]] = {
        "": "The path is empty. Name the current folder as . if it is meant."
    }
    """What is no path here, and what is told."""

    def __init__(self, **options: Any) -> None:
        super().__init__(path_type=Path, **options)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Path:
        """Return the path that an argument states."""
        told = self.refused.get(os.fsdecode(value))
        if told is not None:
            self.fail(told, param, ctx)
        return Path(os.fsdecode(super().convert(value, param, ctx)))


class OutputPath(FilePath):
    """A path to write to. A dash stands for standard output elsewhere, and would be a name here."""

    refused: ClassVar[Mapping[str, str]] = {
        **FilePath.refused,
        "-": "Standard output is not meant by - here. Name a file or a folder.",
    }


def given_names(ctx: click.Context, parameters: Collection[str]) -> list[str]:
    """Return those of some parameters that the user has given, as the user writes them."""
    return [
        param.human_readable_name.upper() if isinstance(param, click.Argument) else param.opts[0]
        for param in ctx.command.params
        if param.name in parameters
        and ctx.get_parameter_source(param.name) is ParameterSource.COMMANDLINE
    ]


def refuse_beside(ctx: click.Context, chosen: str, *allowed: str) -> None:
    """Refuse what is given beside an option that does all by itself, but for what is allowed."""
    names = {str(param.name) for param in ctx.command.params}
    others = [n for n in given_names(ctx, names - {*allowed}) if n != chosen]
    if others:
        raise click.UsageError(f"{others[0]} does not go with {chosen}.", ctx)

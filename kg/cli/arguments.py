"""What arguments of the commands have in common."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

__all__ = ["FilePath"]


class FilePath(click.Path):
    """A path. An empty one, of a variable that is not set perhaps, is not the current folder."""

    def __init__(self, **options: Any) -> None:
        super().__init__(path_type=Path, **options)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Path:
        """Return the path that an argument states."""
        if value == "":
            self.fail("The path is empty. Name the current folder as . if it is meant.", param, ctx)
        return Path(os.fsdecode(super().convert(value, param, ctx)))

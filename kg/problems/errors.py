"""Exceptions: why a run cannot go on."""

from __future__ import annotations

from kg.problems.problem import Problem

__all__ = [
    "UNCHANGED",
    "Bug",
    "InputError",
    "KgError",
    "OutputError",
    "ProfileError",
    "QueryError",
    "Refused",
    "RemoteError",
    "SettingsError",
    "StoreError",
]

UNCHANGED = "Earlier outputs are as they were."
"""What is told with a fault that came before new outputs were in place."""


class KgError(Exception):
    """The run cannot go on.

    ``message`` says what happened, ``place`` where, ``remedy`` what to do.
    """

    exit_status = 1

    def __init__(self, message: str, *, place: str = "", remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        return " ".join(
            part for part in (self.place and f"{self.place}:", self.message, self.remedy) if part
        )


class InputError(KgError):
    """A file, a setting or an argument cannot be used."""

    exit_status = 2


class SettingsError(InputError):
    """A setting in ``kg.toml`` or an option cannot be used."""


class ProfileError(InputError):
    """A source profile contradicts itself or names what does not exist."""


class QueryError(InputError):
    """A query or one of its parameters cannot be used."""


class Refused(InputError):
    """File problems: nothing of the run is published and earlier outputs stay.

    A run that would publish nothing anyway (``is_build`` is false) does not speak of it.
    """

    def __init__(self, problems: list[Problem], *, is_build: bool = True) -> None:
        super().__init__(
            "Nothing was published, because a file cannot be used."
            if is_build
            else "The file cannot be used.",
            place=problems[0].place.source,
            remedy=UNCHANGED if is_build else "",
        )
        self.problems = problems


class OutputError(KgError):
    """The outputs could not be written; earlier outputs are as they were."""

    exit_status = 3


class StoreError(OutputError):
    """The embedded store is damaged, locked or could not be written."""


class RemoteError(KgError):
    """Another machine did not answer, or answered with an error."""

    exit_status = 4


class Bug(KgError):
    """The program contradicts itself. Nothing was published."""

    exit_status = 3

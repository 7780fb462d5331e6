"""What `kg push` and `kg query --endpoint` have in common: how another machine is spoken to."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.arguments import FilePath

if TYPE_CHECKING:
    from kg.remote import Client, Credentials

__all__ = ["make_client", "note", "remote_options"]

_OPTIONS = (
    click.option(
        "--ca",
        type=FilePath(dir_okay=False),
        help="File with the certificates of the authorities to trust.",
    ),
    click.option(
        "--insecure-http",
        is_flag=True,
        help="Send a password or token over plain HTTP too.",
    ),
    click.option(
        "--retries",
        type=click.IntRange(min=0, max=20),
        default=4,
        show_default=True,
        help="Tries more, where a fault may pass.",
    ),
)


def remote_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how another machine is spoken to."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def make_client(
    url: str,
    *,
    ca: Path | None,
    insecure_http: bool,
    retries: int,
    timeout: float,
    quiet: bool,
    again: str = "Run the command again.",
) -> Client:
    """Return a client with the credentials of the environment, that asks for them if it must.

    ``again`` is what a person is told to do where there was no answer.
    """
    from kg.remote import Client, find_credentials

    return Client(
        url,
        credentials=find_credentials(),
        prompt=_prompt if sys.stdin.isatty() and sys.stderr.isatty() else None,
        ca=ca,
        clear=insecure_http,
        timeout=timeout,
        retries=retries,
        again=again,
        note=(lambda _: None) if quiet else note,
    )


def note(text: str) -> None:
    """Tell a person what goes on."""
    click.echo(text, err=True)


def _prompt(origin: str) -> Credentials | None:
    from kg.remote import Credentials

    click.echo(f"{origin} wants to know who asks.", err=True)
    user = click.prompt("User", err=True)
    return Credentials(user=user, password=click.prompt("Password", hide_input=True, err=True))

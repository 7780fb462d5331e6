"""The command ``kg``: parses arguments, makes one call, prints, sets the exit status.

Results go to standard output and everything else to standard error. Commands are imported when
they are used, so that ``kg --help`` does not wait for the engines.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from kg import __version__
from kg.cli.streams import ReaderGone, guard_streams
from kg.signals import INTERRUPTED, handled

__all__ = ["main"]

COMMANDS = {
    "build": "Turn source files into a published graph.",
    "validate": "Check any RDF against the shapes.",
    "query": "Ask the graph: a named query, a file, or a text.",
    "explain": "Show where the statements about a resource come from.",
    "export": "Write the graph as tables that read back to it.",
    "sources": "List the layouts, inspect a file, check a profile.",
    "diff": "Tell what is different between two builds.",
    "push": "Load a build into a triple store.",
    "store": "Load, verify, dump or optimise the embedded store.",
    "mapping": "Show the mapping in standard forms.",
    "problems": "List the problem codes and what to do about each.",
}
"""The commands and their one-line help; each is a module of this package."""

DEBUG = "KG_DEBUG"
"""With this in the environment, an unexpected error shows its traceback."""

EPILOG = """\b
Exit status: 0 all published, 1 something was held back or does not conform,
2 unusable input, 3 output or store failed, 4 a remote failed,
130 interrupted."""


class _Commands(click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"kg.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def _kg() -> None:
    """Interreg project records as a knowledge graph.

    Source files go in, a validated and published graph comes out, and SPARQL answers questions
    about it.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its exit status."""
    guard_streams()
    status = run(sys.argv[1:] if arguments is None else list(arguments))
    if status == INTERRUPTED:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # a SHACL engine cannot be interrupted, and an ordinary exit would wait for its threads
        _flush_rest()
        os._exit(status)
    _flush_rest()
    sys.exit(status)


def _flush_rest() -> None:
    """Write what waits after an error, which has been told; another one changes nothing."""
    with suppress(Exception):
        sys.stdout.flush()


def run(arguments: Sequence[str]) -> int:
    """Run the command; return its exit status."""
    try:
        status = _kg.main(list(arguments), prog_name="kg", standalone_mode=False, color=_colour())
        sys.stdout.flush()  # a fault that comes only when the program ends could not be told
        return status if isinstance(status, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except (click.Abort, KeyboardInterrupt) as error:
        with handled(signal.SIGINT, signal.SIG_IGN):
            # click makes an error of its own of an interruption; who knew more has noted it there
            notes = getattr(error.__cause__ or error, "__notes__", [])
            click.echo(" ".join(["Interrupted.", *notes]), err=True)
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return 2
    except ReaderGone:
        return 0
    except Exception as error:
        return _tell(error)


def _tell(error: Exception) -> int:
    """Print an error; return the exit status that it means."""
    # imported when it is needed, as is all that `kg --help` can do without
    from kg.problems import UNCHANGED, Bug, KgError, OutputError, Refused, RemoteError, printable

    if isinstance(error, KgError):
        if isinstance(error, Refused):
            for problem in error.problems:
                click.echo(printable(str(problem)), err=True)
        label = click.style("Error:", fg="red", bold=True)
        told = _without_secrets(str(error)) if isinstance(error, RemoteError) else str(error)
        click.echo(f"{label} {printable(told)}", err=True, color=_colour())
        return error.exit_status
    if isinstance(error, MemoryError):
        click.echo(
            f"Error: There is not enough memory. {UNCHANGED} Give fewer --workers, or more memory.",
            err=True,
        )
        return OutputError.exit_status
    if DEBUG in os.environ:
        raise error
    told = printable(_without_secrets(f"{type(error).__name__}: {error}"))
    click.echo(
        f"Error: kg has a bug: {told}. {UNCHANGED} "
        f"Please report it; {DEBUG}=1 shows where it happened.",
        err=True,
    )
    return Bug.exit_status


def _without_secrets(text: str) -> str:
    """Return a text without the credentials of the environment, whoever has quoted them."""
    from kg.remote import hide_stated

    return hide_stated(text)


def _colour() -> bool | None:
    """Return False where NO_COLOR asks for none; else the terminal decides."""
    return False if os.environ.get("NO_COLOR") else None

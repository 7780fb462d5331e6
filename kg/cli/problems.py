"""``kg problems``: the catalogue of problem codes."""

from __future__ import annotations

import click

from kg.cli.presentation import echo_json, echo_table

__all__ = ["command"]


@click.command("problems")
@click.argument("code", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the catalogue as JSON.")
def command(code: str | None, as_json: bool) -> None:
    """List the problem codes, or explain one CODE.

    A code names what is wrong; its level says what it costs: a note, a warning, a value (field), a
    partner, a record, or the whole file.
    """
    entries = catalogue()
    if code is not None:
        found = next((entry for entry in entries if entry[0] == code), None)
        if found is None:
            raise click.UsageError(f"There is no problem code {code}.")
        entries = [found]
    if as_json:
        echo_json([dict(zip(("code", "level", "meaning", "remedy"), e, strict=True))
                   for e in entries])  # fmt: skip
    elif code is not None:
        name, level, meaning, remedy = entries[0]
        click.echo(f"{click.style(name, bold=True)} ({level})\n{meaning}\n{remedy}".rstrip())
    else:
        echo_table(("code", "level", "meaning"), [entry[:3] for entry in entries])


def catalogue() -> list[tuple[str, str, str, str]]:
    """Return code, level, meaning and remedy of every problem, those of the shapes included."""
    from kg.pipeline.trace import SEVERITY_LEVELS
    from kg.problems import CODES
    from kg.validation import load_shapes

    found = [(c.code, c.level.word, c.meaning, c.remedy) for c in CODES.values()]
    for card in load_shapes().cards.values():
        level = SEVERITY_LEVELS[card.severity].word
        found.append((card.code, level, card.names.get("en", card.code), card.messages["en"]))
    return sorted(found)

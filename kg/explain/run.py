"""One call from the name of a resource to an explanation of each statement about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg import __version__
from kg.built import CorrectionsCount
from kg.explain.graph import BuildGraph, Records
from kg.explain.inputs import FoundInputs, find_corrections, find_inputs
from kg.explain.replay import explain_found, find_statements, read_again
from kg.explain.result import CheckedInput, Explanation, Statement
from kg.explain.shared import Poll, explain_bundled
from kg.mapping import TracingEmitter
from kg.pipeline.reference import load_reference
from kg.problems import Bug, InputError, shorten
from kg.sources import REJECTS
from kg.terms import canonical_escapes, iri

__all__ = ["explain"]


def explain(
    name: str,
    on: Path,
    sources: Sequence[Path] = (),
    profiles: Sequence[str] = (),
) -> Explanation:
    """Return the statements about a resource, each with its cells and its rule.

    Args:
        name: an IRI, one with a prefix, one relative to the base of the build, or an id.
        on: the folder of a build.
        sources: files or folders where the inputs of the build are; without any, they are looked
            for below the current folder and beside the build.
        profiles: paths of the user's own profiles, where the build had any and they are not there.

    Raises:
        InputError: nothing is stated about it, or an input is not there as it was.
        Bug: the statements of the graph are not those that its inputs give.
    """
    graph = BuildGraph(on)
    resource = graph.find(name)
    where = list(sources) or [Path.cwd(), on.resolve().parent]
    stated = {
        (predicate, canonical_escapes(term)) for predicate, term in graph.statements(resource)
    }
    found = explain_bundled(resource, graph.manifest)
    files: tuple[CheckedInput, ...] = ()
    mentions = None
    records = graph.owners(resource)
    if records.projects:
        inputs = _inputs(graph, records, where, profiles)
        files = inputs.files
        found += _explain_owned(resource, inputs, records, graph.base)
    elif stated - _keys(found):
        records = graph.mentioning(resource)
        inputs = _inputs(graph, records, where, profiles)
        files = inputs.files
        known = load_reference(graph.base).known_themes
        poll = Poll(resource, graph.base, graph.predicates_to(resource), known)
        for replayed in read_again(inputs, records.projects, graph.base):
            poll.add(replayed)
        found += poll.statements()
        mentions = poll.mentions
    _check(resource, stated, _keys(found), graph.manifest.version)
    return Explanation(resource, graph.base, files, tuple(found), mentions)


def _inputs(
    graph: BuildGraph, records: Records, where: Sequence[Path], profiles: Sequence[str]
) -> FoundInputs:
    # a rejects file repairs the others, so that it is needed with any of them
    manifest = graph.manifest
    wanted = [e for e in manifest.inputs if e.name in records.files or e.layout == REJECTS]
    inputs = find_inputs(wanted, where, profiles)
    if isinstance(manifest.corrections, CorrectionsCount):
        corrections = find_corrections(manifest.corrections, where)
        inputs = inputs._replace(corrections=corrections)
    return inputs


def _explain_owned(
    resource: str, inputs: FoundInputs, records: Records, base: str
) -> list[Statement]:
    emitter = TracingEmitter(base)
    subject = f"{iri(resource)} "
    explained: dict[tuple[str, str], Statement] = {}
    for replayed in read_again(inputs, records.projects, base):
        every = find_statements(replayed.project, emitter)
        for found in every:
            if found.traced.line.startswith(subject):
                statement = explain_found(found, replayed, every)
                explained.setdefault((statement.predicate, statement.object), statement)
    return list(explained.values())


def _keys(statements: Iterable[Statement]) -> set[tuple[str, str]]:
    """Return predicate and object of statements, in the escapes that two engines share."""
    return {(iri(each.predicate), canonical_escapes(each.object)) for each in statements}


def _check(
    resource: str, stated: set[tuple[str, str]], explained: set[tuple[str, str]], version: str
) -> None:
    """Check that the statements of the graph are those that were explained."""
    wrong = [("in the graph and not explained", key) for key in sorted(stated - explained)]
    wrong += [("explained and not in the graph", key) for key in sorted(explained - stated)]
    if not wrong:
        return
    told = "; ".join(f"{why}: {predicate} {shorten(term)}" for why, (predicate, term) in wrong[:3])
    message = f"{len(wrong)} statements about {resource} differ: {told}."
    if version != __version__:
        raise InputError(message, remedy=f"kg {version} made this build; build again.")
    raise Bug(message, remedy="Build again; if that does not help, please report it.")

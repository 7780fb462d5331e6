"""What holds for any two graphs: an update or a patch turns the old one into the new one."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyoxigraph
import rdflib
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.changes import (
    Changes,
    compare,
    update_requests,
    update_text,
    write_json,
    write_patch,
    write_text,
    write_update,
)
from kg.terms import literal

from .graphs import Sketch, sketches, write_build, write_shuffled

GRAPH = "https://example.org/g"
QUICK = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def compared(old: list[str], new: list[str]) -> Changes:
    with tempfile.TemporaryDirectory() as folder:
        return compare(write_build(Path(folder, "old"), old), write_build(Path(folder, "new"), new))


def statements(changes: Changes) -> tuple[list[str], list[str]]:
    blocks = list(changes.blocks())
    removed = [line for change in blocks for line in change.removed]
    added = [line for change in blocks for line in change.added]
    return removed, added


@QUICK
@given(sketches(), sketches())
def test_changes_are_the_difference_of_sets(old: Sketch, new: Sketch) -> None:
    before, after = old.lines(), new.lines()
    changes = compared(before, after)
    removed, added = statements(changes)
    assert sorted(removed) == sorted(set(before) - set(after))
    assert sorted(added) == sorted(set(after) - set(before))
    assert (changes.totals.removed, changes.totals.added) == (len(removed), len(added))
    assert (changes.old.triples, changes.new.triples) == (len(before), len(after))
    assert bool(changes) == (set(before) != set(after))


@QUICK
@given(sketches(), sketches())
def test_the_update_makes_the_new_graph_in_oxigraph(old: Sketch, new: Sketch) -> None:
    changes = compared(old.lines(), new.lines())
    at_once, by_request = oxigraph(old, None), oxigraph(old, GRAPH)
    at_once.update("".join(write_update(changes)))
    for request in update_requests(changes, graph=GRAPH, max_statements=3):
        assert request.removed + request.added <= 3
        by_request.update(request.text)
    assert set(at_once) == set(oxigraph(new, None))
    assert set(by_request) == set(oxigraph(new, GRAPH))


@settings(QUICK, max_examples=30)
@given(sketches(), sketches())
def test_the_update_makes_the_new_graph_in_rdflib(old: Sketch, new: Sketch) -> None:
    changes = compared(old.lines(), new.lines())
    graph = rdflib_graph(old)
    for request in update_requests(changes):
        graph.update(request.text)
    assert set(graph) == set(rdflib_graph(new))


ESCAPES = st.lists(
    st.one_of(
        st.from_regex(r"\\{1,3}[uU][0-9A-Fa-f]{3,9}", fullmatch=True),
        st.sampled_from(["\\", '"', "\n", "\r", "\t", "\b", "\f", "u", "0041", "ü", " "]),
    ),
    max_size=4,
).map("".join)


@QUICK
@given(ESCAPES, st.sampled_from([None, "en"]))
@example(r"\u0041BCDE", None)
def test_any_text_of_a_request_is_read_by_both(text: str, language: str | None) -> None:
    line = f"<http://e/s> <http://e/p> {literal(text, language=language)} ."
    request = update_text([], [line], None)
    store, graph = pyoxigraph.Store(), rdflib.Graph()
    store.update(request)
    graph.update(request)
    assert [quad.object for quad in store] == [pyoxigraph.Literal(text, language=language)]
    assert list(graph.objects()) == [rdflib.Literal(text, lang=language)]


@QUICK
@given(sketches(), sketches())
def test_the_patch_makes_the_new_graph(old: Sketch, new: Sketch) -> None:
    changes = compared(old.lines(), new.lines())
    patch = "".join(write_patch(changes)).split("\n")
    assert patch[0] == f"H id <nih:sha-256;{changes.new.sha256}> ."
    assert patch[1] == f"H prev <nih:sha-256;{changes.old.sha256}> ."
    assert (patch[2], patch[-2], patch[-1]) == ("TX .", "TC .", "")
    graph = set(old.lines())
    for line in patch[3:-2]:
        sign, _, statement = line.partition(" ")
        if sign == "D":
            graph.remove(statement)
        else:
            assert sign == "A"
            assert statement not in graph
            graph.add(statement)
    assert graph == set(new.lines())


@QUICK
@given(sketches(), sketches())
def test_the_other_way_round_signs_are_exchanged(old: Sketch, new: Sketch) -> None:
    there, back = compared(old.lines(), new.lines()), compared(new.lines(), old.lines())
    assert statements(there) == statements(back)[::-1]
    assert (there.old, there.new) == (back.new, back.old)
    other = {"added": "removed", "removed": "added", "changed": "changed"}
    assert [(c.iri, other[c.sign]) for c in there.blocks()] == [
        (c.iri, c.sign) for c in back.blocks()
    ]


@QUICK
@given(sketches(), sketches())
def test_files_in_any_order_have_the_same_difference(old: Sketch, new: Sketch) -> None:
    changes = compared(old.lines(), new.lines())
    with tempfile.TemporaryDirectory() as folder:
        before = write_shuffled(Path(folder, "old.nt"), old.lines())
        after = write_build(Path(folder, "new"), new.lines())
        mixed = compare(before, after)
    assert list(map(sorted, statements(mixed))) == list(map(sorted, statements(changes)))
    assert mixed.totals == changes.totals
    assert mixed.old.triples == changes.old.triples


@QUICK
@given(sketches(), sketches())
def test_each_change_is_told(old: Sketch, new: Sketch) -> None:
    changes = compared(old.lines(), new.lines())
    told = "".join(write_text(changes, provenance=True))
    for change in changes.blocks():
        assert change.entries or change.sign != "changed"
    if changes:
        assert told.split("\n\n", 1)[1]
    assert told == "".join(write_text(changes, provenance=True))
    assert "".join(write_json(changes)) == "".join(write_json(changes))


@QUICK
@given(sketches())
def test_equal_graphs_have_no_difference(sketch: Sketch) -> None:
    changes = compared(sketch.lines(), sketch.lines())
    assert not changes
    assert list(update_requests(changes)) == []
    assert "".join(write_text(changes)) == "No difference.\n"


def oxigraph(sketch: Sketch, graph: str | None) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    data = "".join(f"{line}\n" for line in sketch.lines()).encode()
    to = pyoxigraph.DefaultGraph() if graph is None else pyoxigraph.NamedNode(graph)
    store.load(data, format=pyoxigraph.RdfFormat.N_TRIPLES, to_graph=to)
    return store


def rdflib_graph(sketch: Sketch) -> rdflib.Graph:
    data = "".join(f"{line}\n" for line in sketch.lines())
    return rdflib.Graph().parse(data=data.encode(), format="nt")

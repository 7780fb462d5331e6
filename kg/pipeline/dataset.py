"""The description of the data set, in DCAT 3 and VoID: licence, publisher, counts, dumps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg import iris
from kg.built import DUMPS, parts_of
from kg.pipeline.census import Census
from kg.rdf import by_extension
from kg.settings import Settings
from kg.terms import iri, literal
from kg.vocabulary import DCAT, DCTERMS, FOAF, INTERREG, PREFIXES, RDF_TYPE, VOID, XSD, compact

__all__ = ["dataset_lines"]

Statement = tuple[str, str, str]


def dataset_lines(
    settings: Settings, census: Census, folder: Path, example: str | None
) -> list[str]:
    """Return the triples that describe the data set.

    ``folder`` holds the dumps; ``example`` is the IRI of a typical resource.
    """
    base = settings.base
    statements: list[Statement] = []
    statements += _head(settings, example)
    statements += _vocabularies(base, census)
    statements += _counts(base, census)
    statements += _dumps(settings, folder)
    return [f"{iri(subject)} <{predicate}> {term} ." for subject, predicate, term in statements]


def _head(settings: Settings, example: str | None) -> Iterator[Statement]:
    subject = iris.mint(settings.base, iris.DATASET)
    yield subject, RDF_TYPE, iri(DCAT.Dataset)
    yield subject, RDF_TYPE, iri(VOID.Dataset)
    yield subject, DCTERMS.title, literal(settings.title, language=settings.language)
    if settings.description:
        text = literal(settings.description, language=settings.language)
        yield subject, DCTERMS.description, text
    if settings.licence:
        yield subject, DCTERMS.license, iri(settings.licence)
    if settings.publisher:
        yield subject, DCTERMS.publisher, iri(settings.publisher)
        if settings.publisher_name:
            yield settings.publisher, RDF_TYPE, iri(FOAF.Agent)
            yield settings.publisher, FOAF.name, literal(settings.publisher_name)
    yield subject, DCTERMS.conformsTo, iri(INTERREG.iri.rstrip("#"))
    yield subject, VOID.uriSpace, literal(settings.base)
    if settings.endpoint:
        yield subject, VOID.sparqlEndpoint, iri(settings.endpoint)
    if example:
        yield subject, VOID.exampleResource, iri(example)


def _vocabularies(base: str, census: Census) -> Iterator[Statement]:
    """Yield the namespaces of the classes and properties that the graph uses."""
    subject = iris.mint(base, iris.DATASET)
    used = (*census.classes, *census.properties)
    for namespace in sorted(PREFIXES.values()):
        if any(term.startswith(namespace) for term in used):
            yield subject, VOID.vocabulary, iri(namespace)


def _counts(base: str, census: Census) -> Iterator[Statement]:
    subject = iris.mint(base, iris.DATASET)
    yield subject, VOID.triples, _number(census.triples)
    yield subject, VOID["classes"], _number(len(census.classes))
    yield subject, VOID["properties"], _number(len(census.properties))
    yield from _partition(subject, census.classes.items(), "class", VOID.entities)
    yield from _partition(subject, census.properties.items(), "property", VOID.triples)


def _partition(
    subject: str, counts: Iterable[tuple[str, int]], kind: str, measure: str
) -> Iterator[Statement]:
    for term, number in sorted(counts):
        part = f"{subject}#{kind}-{_local_name(term)}"
        yield subject, VOID[f"{kind}Partition"], iri(part)
        yield part, VOID[kind], iri(term)
        yield part, measure, _number(number)


def _dumps(settings: Settings, folder: Path) -> Iterator[Statement]:
    subject = iris.mint(settings.base, iris.DATASET)
    parts = [path.relative_to(folder).as_posix() for path in parts_of(folder)]
    for name in (*DUMPS, *parts):
        fmt = by_extension(name)
        if fmt is None or not (folder / name).is_file():
            continue
        dump = f"{settings.base}{name}"
        yield subject, VOID.dataDump, iri(dump)
        distribution = f"{subject}#{name}"
        yield subject, DCAT.distribution, iri(distribution)
        yield distribution, RDF_TYPE, iri(DCAT.Distribution)
        yield distribution, DCTERMS.title, literal(fmt.label)
        yield distribution, DCAT.accessURL, iri(dump)
        yield distribution, DCAT.downloadURL, iri(dump)
        yield distribution, DCAT.mediaType, iri(_IANA + fmt.media_type)
        size = (folder / name).stat().st_size
        yield distribution, DCAT.byteSize, literal(str(size), XSD.nonNegativeInteger)
        if settings.licence:
            yield distribution, DCTERMS.license, iri(settings.licence)


_IANA = "https://www.iana.org/assignments/media-types/"


def _local_name(term: str) -> str:
    """Return prefix and local name as one word, ``interreg-Project``, or a slug of all of it."""
    name = compact(term)
    return name.replace(":", "-") if name != term else iris.slug(term)


def _number(count: int) -> str:
    return literal(str(count), XSD.integer)

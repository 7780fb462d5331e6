"""The mapping table agrees with the records, the rows and the vocabulary."""

from __future__ import annotations

import re

import pytest

from kg.mapping import COLUMNS, MAPPING, PROJECT_TABLES, SHARED_TABLES, json_ld_context
from kg.mapping.declaration import Link, Resource, Value, Web, Words
from kg.records import Partner, Project
from kg.vocabulary import INTERREG


def columns_of(resource: Resource) -> set[str]:
    found = set(re.findall(r"\{(\w+)\}", resource.subject))
    for prop in resource.properties:
        match prop.term:
            case Value(column, _) | Web(column):
                found.add(column)
            case Words(column):
                found |= {column, f"{column}_language", f"{column}_untagged"}
            case Link(template):
                found |= set(re.findall(r"\{(\w+)\}", template))
    return found


@pytest.mark.parametrize("resource", MAPPING, ids=lambda r: f"{r.table}→{r.subject}")
def test_a_resource_names_columns_that_its_table_has(resource: Resource) -> None:
    assert columns_of(resource) <= set(COLUMNS[resource.table])


def test_no_column_is_left_out() -> None:
    for table, columns in COLUMNS.items():
        used = set().union(*(columns_of(r) for r in MAPPING if r.table == table))
        # a table's key may serve only to find its rows
        assert set(columns) - used <= {"code", "label"}, table


def test_every_field_of_a_record_is_mapped() -> None:
    mapped = {prop.field for resource in MAPPING for prop in resource.properties}
    derived = {"origin", "currency"}
    assert set(Project.__struct_fields__) - derived <= mapped
    # a partner's key is part of its IRI
    assert set(Partner.__struct_fields__) - {"origin", "key"} <= mapped


def test_every_table_is_either_of_a_project_or_shared() -> None:
    assert {*PROJECT_TABLES, *SHARED_TABLES} == set(COLUMNS)
    assert not set(PROJECT_TABLES) & set(SHARED_TABLES)


def test_every_term_of_the_vocabulary_is_used_by_the_mapping() -> None:
    used = {iri for resource in MAPPING for iri in resource.classes}
    used |= {prop.predicate for resource in MAPPING for prop in resource.properties}
    roles = {"LeadPartner", "ErdfLeadPartner", "ProjectPartner", "AssociatedPartner", "Role"}
    assert {INTERREG.iri + term for term in INTERREG.terms - roles} <= used


def test_a_misspelt_term_is_an_error() -> None:
    with pytest.raises(AttributeError, match="interreg:leedPartner is not declared"):
        _ = INTERREG.leedPartner


def test_the_context_has_one_term_a_property() -> None:
    context = json_ld_context("https://data.example.org/")
    predicates = {prop.predicate for resource in MAPPING for prop in resource.properties}
    for predicate in predicates:
        assert re.split("[/#]", predicate)[-1] in context

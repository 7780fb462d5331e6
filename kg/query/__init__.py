"""SPARQL: a library of named queries with parameters, and any other text; begin with ``run.py``."""

from kg.query.endpoint import Endpoint
from kg.query.library import NamedQuery, ResultColumn, all_queries, find_query, parse_query
from kg.query.parameters import Parameter
from kg.query.results import FORMATS, QueryResult, Statements, Table, write_result
from kg.query.run import prepare_query, run_query
from kg.query.syntax import is_sparql

__all__ = [
    "FORMATS",
    "Endpoint",
    "NamedQuery",
    "Parameter",
    "QueryResult",
    "ResultColumn",
    "Statements",
    "Table",
    "all_queries",
    "find_query",
    "is_sparql",
    "parse_query",
    "prepare_query",
    "run_query",
    "write_result",
]

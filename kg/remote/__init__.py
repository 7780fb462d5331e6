"""Other machines over HTTP: one client, credentials, and endpoints of the SPARQL 1.1 protocols."""

from kg.remote.client import Client
from kg.remote.credentials import Credentials, find_credentials, hide_stated
from kg.remote.endpoints import KINDS, Endpoints, find_endpoints, find_query_endpoint
from kg.remote.failures import Rejected, Unclear
from kg.remote.sparql import RdfAnswer, Rows, ask_endpoint

__all__ = [
    "KINDS",
    "Client",
    "Credentials",
    "Endpoints",
    "RdfAnswer",
    "Rejected",
    "Rows",
    "Unclear",
    "ask_endpoint",
    "find_credentials",
    "find_endpoints",
    "find_query_endpoint",
    "hide_stated",
]

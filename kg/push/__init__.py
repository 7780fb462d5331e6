"""A build → a graph in a triple store, checked afterwards; begin with ``run.py``."""

from kg.push.changes import RecordChange, push_changes
from kg.push.difference import push_difference
from kg.push.run import Report, push
from kg.push.store import RemoteStore, Store, open_remote

__all__ = [
    "RecordChange",
    "RemoteStore",
    "Report",
    "Store",
    "open_remote",
    "push",
    "push_changes",
    "push_difference",
]

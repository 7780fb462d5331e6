"""A query in a process of its own, which can be ended.

Oxigraph cannot be interrupted and has no limit on memory (measured: a cross join did not hear
Ctrl-C, a few lines of CONCAT filled gigabytes). A process can be killed, and the system limits its
memory. Only text travels: the request comes on standard input, the answer goes to standard output.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import msgspec

from kg.problems import InputError, KgError, QueryError, StoreError
from kg.query.engines import open_engine
from kg.query.results import QueryResult, Statements, Table

__all__ = ["ask_in_child"]

MEMORY_SHARE = 0.75
"""The part of the machine's memory that a query in a child process may take."""


class _Request(msgspec.Struct):
    text: str
    on: str


class _Failure(msgspec.Struct, tag="failure"):
    kind: str
    message: str
    place: str
    remedy: str


_Answer = Table | Statements | _Failure | bool
_KINDS: dict[str, type[KgError]] = {
    kind.__name__: kind for kind in (QueryError, StoreError, InputError)
}


def ask_in_child(text: str, on: Path, seconds: float) -> QueryResult:
    """Return the answer to a query, unless it takes too long or too much memory.

    Raises:
        QueryError: it does, or it cannot be answered.
        InputError: there is nothing that can be asked.
        StoreError: the store of the build is damaged.
    """
    request = msgspec.json.encode(_Request(text, str(on)))
    package = Path(__file__).parents[2]
    paths = [str(package), *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "kg.query.child"],
            input=request,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise QueryError(
            f"The query was not done after {seconds:g} seconds and was ended.",
            remedy="Ask for less, or give it more time.",
        ) from error
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or [""]
        raise QueryError(
            f"The query was ended: it took too much memory or broke the engine. {last[0]}".strip(),
            remedy="Ask for less.",
        )
    answer: _Answer = msgspec.json.decode(done.stdout, type=_Answer)
    if isinstance(answer, _Failure):
        raise _KINDS[answer.kind](answer.message, place=answer.place, remedy=answer.remedy)
    return answer


def _limit_memory() -> None:
    try:
        import resource

        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ImportError, ValueError, OSError):
        return  # no such limits on this system; the time limit holds
    # a limit that is there already may be lowered, and not raised
    there = [n for n in resource.getrlimit(resource.RLIMIT_AS) if n != resource.RLIM_INFINITY]
    limit = min([int(size * MEMORY_SHARE), *there])
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _serve() -> None:
    """Answer one request."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _limit_memory()
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=_Request)
    answer: _Answer
    try:
        answer = open_engine(request.on)(request.text)
    except (QueryError, InputError, StoreError) as error:
        kind = next(name for name, known in _KINDS.items() if isinstance(error, known))
        answer = _Failure(kind, error.message, error.place, error.remedy)
    sys.stdout.buffer.write(msgspec.json.encode(answer))


if __name__ == "__main__":
    _serve()

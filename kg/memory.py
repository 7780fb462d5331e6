"""What a run asks of the machine's memory."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.problems import UNCHANGED, OutputError

__all__ = ["check_address_space", "give_back", "rare_collections"]

COLLECT_AFTER = 50_000
"""Objects that are made before Python looks for unreachable cycles; its own figure is 700."""

ADDRESS_SPACE = 1280 * 1024**2
"""Bytes of addresses that are enough without workers.

Builds of 16 and 10,000 projects had 712 to 847 MB, and less than a quarter of them is ever memory.
"""
WORKER_SPACE = 128 * 1024**2
"""Bytes of addresses for each worker: the C library sets up to two areas of 64 MB aside for one.

It does not always: of 12 builds with 1 to 32 workers one had 1,289 MB, the others 777 at most.
"""


@contextmanager
def rare_collections() -> Iterator[None]:
    """Let Python look for unreachable cycles less often.

    Records are made by the million and have none. Looking for them took a fifth of the time that
    the main thread of a build has (measured with 10 thousand projects), and memory is the same.
    """
    before = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def give_back() -> None:
    """Give the system back the memory that the C library keeps for later, where it can be asked to.

    The engine that validates leaves 28 MB of it (measured with 10 thousand projects), which is of
    no use to what comes after it, and the store that is loaded leaves more after each piece
    (``docs/decisions/0010-one-store-piece-by-piece.md``).
    """
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):  # only the GNU C library has it
            ctypes.CDLL(None).malloc_trim(0)


def check_address_space(output: Path, workers: int) -> None:
    """Check that a limit on addresses leaves what a build into a folder needs.

    The engines, which are no Python, end the process without a word of ours where they get none
    (measured).

    Raises:
        OutputError: the limit is too low.
    """
    if sys.platform == "win32":
        return
    import resource

    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    needed = ADDRESS_SPACE + workers * WORKER_SPACE
    if limit != resource.RLIM_INFINITY and limit < needed:
        raise OutputError(
            f"A process may have {limit // 1024**2:,} MB of addresses here, and a build needs "
            f"{needed // 1024**2:,}, though it uses few of them.",
            place=str(output),
            remedy="Raise the limit (ulimit -v unlimited); of memory itself, 400 MB are enough. "
            f"{UNCHANGED}",
        )

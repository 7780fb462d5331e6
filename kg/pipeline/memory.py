"""What a run asks of the machine's memory."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from kg.problems import OutputError

__all__ = ["check_address_space", "give_back", "rare_collections", "share_arenas"]

COLLECT_AFTER = 50_000
"""Objects that are made before Python looks for unreachable cycles; its own figure is 700."""

ARENAS = 2
"""Arenas of memory for all threads; with one they wait for each other (measured)."""
_M_ARENA_MAX = -8
"""What the GNU C library calls their number (malloc.h)."""

ADDRESS_SPACE = 1280 * 1024**2
"""Bytes of addresses that are enough: builds of 16 and 10,000 projects had 712 and 847 MB.

Less than a quarter of them is ever memory.
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


def share_arenas() -> None:
    """Let the threads of this process share a few arenas of memory, where its C library has them.

    The GNU C library gives each thread one of its own, up to eight a processor, and what one gave
    back is of no use to the others: memory grew with the triples that the store's threads moved
    (measured with 8 GB of N-Triples: from 100 to 141 MB, and from 80 to 101 in one arena).
    """
    if (library := _gnu_library()) is not None:
        library.mallopt(_M_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Give the system back what its C library keeps for later, where there is a way to ask for it.

    The engine that validates leaves 28 MB of it, which loading the store took again in pieces of
    other sizes (measured with 10 thousand projects).
    """
    if (library := _gnu_library()) is not None:
        library.malloc_trim(0)


def _gnu_library() -> ctypes.CDLL | None:
    """Return the C library of this process where it is GNU's."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        library = ctypes.CDLL(None)
    except OSError:
        return None
    return library if hasattr(library, "gnu_get_libc_version") else None


def check_address_space() -> None:
    """Check that a limit on addresses, where there is one, leaves a build what it needs.

    The engines, which are no Python, end the process without a word of ours where they get none
    (measured).

    Raises:
        OutputError: the limit is too low.
    """
    if sys.platform == "win32":
        return
    import resource

    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    if limit != resource.RLIM_INFINITY and limit < ADDRESS_SPACE:
        raise OutputError(
            f"A process may have {limit // 1024**2:,} MB of addresses here, and a build needs "
            f"{ADDRESS_SPACE // 1024**2:,}, though it uses few of them.",
            remedy="Raise the limit (ulimit -v unlimited); of memory itself, 400 MB are enough.",
        )

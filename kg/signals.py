"""What a run does when the system, or who sits before it, asks it to end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["INTERRUPTED", "handled"]

INTERRUPTED = 130
"""The exit status of a process that was ended by Ctrl-C: 128 and the number of the signal."""


@contextmanager
def handled(
    number: signal.Signals, handler: Callable[..., object] | signal.Handlers
) -> Iterator[None]:
    """Handle a signal in another way for a while; outside the main thread nothing changes."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)

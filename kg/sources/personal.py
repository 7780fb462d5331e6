"""Stub, replaced on merge."""

from __future__ import annotations

__all__ = ["looks_personal", "mask_personal"]


def looks_personal(header: str) -> bool:
    """Tell whether a column of this name holds personal data."""
    return "mail" in header.casefold()


def mask_personal(text: str) -> str:
    """Return a text without e-mail addresses."""
    return text

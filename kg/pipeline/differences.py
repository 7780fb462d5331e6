"""Two records of one id compared: what is not stated alike, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import get_type_hints

import msgspec

from kg.problems import Place, shorten
from kg.records import Partner, Project, RowOrigin

__all__ = ["StatedRecord", "differences", "stated_record"]

WIDTH = 60
"""Characters of a value that a difference shows."""
NO_CONTENT = frozenset({"origin", "partners", "corrections", "has_all_partners", "key"})
"""What tells where a record stands, or what was made of it."""


def _content(record: type[Project | Partner]) -> tuple[str, ...]:
    return tuple(name for name in record.__struct_fields__ if name not in NO_CONTENT)


def _amounts(record: type[Project | Partner]) -> frozenset[str]:
    return frozenset(n for n, kind in get_type_hints(record).items() if kind == Decimal | None)


OF_PROJECT, OF_PARTNER = _content(Project), _content(Partner)
"""The fields that are compared, in the order in which their values are kept."""
AMOUNTS = _amounts(Project) | _amounts(Partner)
"""The fields that can state the same with other digits: 5 and 5.00."""
_values_of_project, _values_of_partner = attrgetter(*OF_PROJECT), attrgetter(*OF_PARTNER)


class StatedRecord(msgspec.Struct, array_like=True):
    """Where a record stands, and the values of its fields.

    This is made of every record and looked at where its id comes again.
    """

    place: Place
    values: Sequence[object]
    partners: Mapping[str, Sequence[object]]
    is_joined: bool
    """Whether its partners stand in a table of their own, which names them once for all rows."""

    @property
    def stated(self) -> dict[str, object]:
        """What it states, by field."""
        return _stated(OF_PROJECT, self.values)

    @property
    def stated_of_partners(self) -> dict[str, dict[str, object]]:
        """What it states of each partner, by its key and field."""
        return {key: _stated(OF_PARTNER, values) for key, values in self.partners.items()}


def stated_record(project: Project, place: Place) -> StatedRecord:
    """Return what a record states; ``place`` is where it begins."""
    origins = [partner.origin for partner in project.partners]
    own = project.origin
    is_joined = isinstance(own, RowOrigin) and own.table == "projects" and own.pointer is None
    is_joined = is_joined and any(
        isinstance(origin, RowOrigin) and origin.table == "partners" for origin in origins
    )
    partners = {partner.key: _values_of_partner(partner) for partner in project.partners}
    return StatedRecord(place, _values_of_project(project), partners, is_joined)


def _stated(names: Sequence[str], values: Sequence[object]) -> dict[str, object]:
    """Return what values that were read back state, by field."""
    return {
        name: format(Decimal(str(value)).normalize(), "f") if name in AMOUNTS else value
        for name, value in zip(names, values, strict=True)
        if value is not None and value != []
    }


def differences(first: StatedRecord, other: StatedRecord) -> Iterator[str]:
    """Yield in words what two records of one id do not state alike: there ↔ here."""
    # the rows of a table of partners name the project, and the first of its rows has them all
    has_none = first.is_joined and not other.partners
    left_out = {"currency"} if has_none else set()
    of_first, of_other = first.stated, other.stated
    for name in dict.fromkeys([*of_first, *of_other]):
        if name not in left_out:
            yield from _difference(name, of_first.get(name), of_other.get(name))
    if has_none:
        return
    partners_of_other = other.stated_of_partners
    for key, there in first.stated_of_partners.items():
        here = partners_of_other.get(key)
        if here is None:
            yield f"partner {key} is only there"
            continue
        for name in dict.fromkeys([*there, *here]):
            yield from _difference(f"partner {key} {name}", there.get(name), here.get(name))
    for key in other.partners:
        if key not in first.partners:
            yield f"partner {key} is only here"


def _difference(name: str, there: object, here: object) -> Iterator[str]:
    if there != here:
        yield f"{name} ‹{_told(there)}› ↔ ‹{_told(here)}›"


def _told(value: object) -> str:
    """Return a value in words."""
    if isinstance(value, dict):
        parts = [value.get(name) for name in ("code", "label", "value", "name", "x", "y")]
        told = " ".join(_told(part) for part in parts if part is not None)
        return f"{told} ({value['language']})" if value.get("language") else told
    if isinstance(value, list):
        return shorten(" | ".join(_told(each) for each in value), WIDTH)
    if value is None:
        return "–"
    return shorten(str(value), WIDTH)

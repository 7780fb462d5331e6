"""Coordinates, points and coordinate reference systems.

A system is named by an IRI of the Open Geospatial Consortium. Coordinates in degrees are always
longitude and latitude under CRS84, which is WGS 84 in that order; ``EPSG:4326``, which officially
has the latitude first, is read as CRS84, and a layout says by ``point_order`` which comes first in
its cells; a point where Interreg has no projects (``territory.toml``) tells that it is wrong.
``UTM32`` without a datum is ETRS89 (EPSG 25832), the reference system of the European Union's
spatial data (Regulation (EU) No 1089/2010, annex II).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from kg.problems import ProfileError
from kg.records import Location
from kg.sources.cell import Number
from kg.sources.fields import Field
from kg.sources.values.finding import Finding, Parsed
from kg.sources.values.numerals import quantity
from kg.sources.values.style import ValueStyle
from kg.vocabulary import CRS84

__all__ = [
    "find_crs",
    "parse_coordinate",
    "parse_crs",
    "parse_point",
    "to_location",
]

EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
DEGREES = frozenset({"crs84", "ogccrs84", "urnogcdefcrsogc13crs84", "wgs84", "wgs1984"})
"""Names of systems in degrees, without what stands between their letters and digits."""
UTM_ZONES = range(26, 43)
"""The zones of Europe and its neighbours, north of the equator."""
ETRS89_ZONES = range(28, 39)

_EPSG = re.compile(
    r"(?:(?:EPSG|urn:ogc:def:crs:EPSG):(?:[0-9.]*:)?|http://www\.opengis\.net/def/crs/EPSG/[0-9.]+/)"
    r"([0-9]{4,5})",
    re.IGNORECASE,
)
_UTM = re.compile(
    r"(?:(etrs89|etrs|euref89|wgs84)(?:utm)?|utm)(?:zone)?([0-9]{2})n?(etrs89|wgs84)?"
)
_POINT = re.compile(r"(?:POINT\s*)?[(\[]\s*(.*?)\s*[)\]]", re.IGNORECASE)
_STRONG = re.compile(r"\s*[;|/]\s*|,\s+|\s+")
_DEGREE = re.compile(r"\s*°$")

MAX_LENGTH = 30
_INVALID = Finding("coordinate-invalid", "The value is not a coordinate in degrees or metres.")
_NO_POINT = Finding("coordinate-invalid", "The value is not a pair of coordinates.")


@lru_cache(maxsize=256)
def find_crs(text: str) -> str | None:
    """Return the IRI of a reference system that is named, or None where it is not known."""
    if text.startswith("https:"):
        text = "http:" + text.removeprefix("https:")
    if text == CRS84:
        return CRS84
    epsg = _EPSG.fullmatch(text)
    if epsg is not None:
        return _of_epsg(epsg[1])
    name = re.sub(r"[^a-z0-9]", "", text.casefold())
    if name in DEGREES:
        return CRS84
    utm = _UTM.fullmatch(name)
    if utm is None:
        return None
    base = 32600 if "wgs84" in (utm[1], utm[3]) else 25800
    return _of_epsg(str(base + int(utm[2])))


def _of_epsg(code: str) -> str | None:
    if code == "4326":
        return CRS84
    if not (code.isascii() and code.isdigit() and len(code) == 5):
        return None
    base, zone = divmod(int(code), 100)
    zones = {258: ETRS89_ZONES, 326: UTM_ZONES}.get(base, range(0))
    return EPSG + code if zone in zones else None


def parse_crs(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return the IRI of a coordinate reference system."""
    iri = find_crs(text)
    if iri is None:
        return Parsed(None, Finding("crs-unknown", "This is no reference system that is known."))
    return Parsed(iri)


def parse_coordinate(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return a coordinate in degrees or metres."""
    value = _coordinate(text, "auto" if type(text) is Number else style.decimal)
    return Parsed(None, _INVALID) if value is None else Parsed(value)


def _coordinate(text: str, decimal: str) -> Decimal | None:
    text = _DEGREE.sub("", text)
    if len(text) > MAX_LENGTH:
        return None
    value = quantity(text, "auto")
    if value is None or abs(value) >= 10**8:
        return None
    # three digits behind a point are degrees up to 180, and otherwise perhaps thousands of metres
    if abs(value) > 180 and re.fullmatch(r"[-−+]?[0-9]{3}[.,][0-9]{3}", text):
        return None if decimal == "auto" or decimal not in text else value
    return value


def parse_point(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return a point of a pair of coordinates in the order and the system of the style."""
    inner = _POINT.fullmatch(text)
    pair = _pair(inner[1] if inner is not None else text)
    values = [_coordinate(part, style.decimal) for part in pair]
    if len(values) != 2 or values[0] is None or values[1] is None:
        return Parsed(None, _NO_POINT)
    x, y = values[0], values[1]
    is_wkt = text[:5].upper() == "POINT"
    if style.point_order == "y x" and not is_wkt:
        x, y = y, x
    crs = find_crs(style.crs)
    if crs is None:
        raise ProfileError(f"‹{style.crs}› is no reference system that is known.")
    return to_location(x, y, crs)


def _pair(text: str) -> list[str]:
    """Part a pair of coordinates, whose decimals can have a comma too."""
    parts = _STRONG.split(text)
    if len(parts) != 1:
        return parts
    commas = text.split(",")
    if len(commas) == 2 and ("." in text or len(text) < 3):
        return commas
    if len(commas) == 4 and "." not in text:
        return [",".join(commas[:2]), ",".join(commas[2:])]
    return [text]


def to_location(x: Decimal, y: Decimal, crs: str) -> Parsed:
    """Return a location, or a finding where its coordinates are outside of their system.

    One that lies far from where Interreg has projects, and would not with its coordinates
    exchanged, is published as stated and told.
    """
    if crs != CRS84:
        return Parsed(Location(x, y, crs))
    if abs(x) > 180 or abs(y) > 90:
        told = f"The earth has no longitude {x} with a latitude {y}."
        return Parsed(None, Finding("coordinate-invalid", told))
    return Parsed(Location(x, y, crs), _order_finding(float(x), float(y)))


class _Box(NamedTuple):
    """An area in degrees."""

    name: str
    west: float
    south: float
    east: float
    north: float

    def holds(self, x: float, y: float) -> bool:
        return self.west <= x <= self.east and self.south <= y <= self.north


@cache
def _boxes(group: str) -> Sequence[_Box]:
    text = files("kg").joinpath("sources/values/territory.toml").read_text(encoding="utf-8")
    return tuple(_Box(**box) for box in tomllib.loads(text)[group])


def _order_finding(x: float, y: float) -> Finding | None:
    """Say of a point that only with its coordinates exchanged it is where Interreg is."""
    inside = _boxes("inside")
    if any(box.holds(x, y) for box in inside):  # nearly always in the first
        return None
    exchanged = next((box.name for box in inside if box.holds(y, x)), None)
    if exchanged is None or any(box.holds(x, y) for box in _boxes("beside")):
        return None
    told = (
        f"Longitude {x:g} and latitude {y:g} are far from where Interreg has projects; exchanged, "
        f"they would be in: {exchanged}."
    )
    return Finding("coordinates-exchanged", told)

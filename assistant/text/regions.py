"""Which province or state an address lies in, from a workspace's own table and a gazetteer; "" when it cannot be told, which is never a guess.

Evidence is weighed: a province or state in so many words, or a state code with its ZIP, beats a city; a city beats a town; a street, building or
company named after a place counts for nothing. Two places of one rank in different regions leave the region unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.text.fold import fold
from assistant.text.gazetteer import chinese_districts, flat, plain, world
from assistant.text.places import COUNTRIES, Division, divisions
from assistant.text.script import to_simplified

_HAN = re.compile("[\u3400-\u9fff]")
_STREET_ZH = re.compile(
    r"(?:[东西南北中内外新老]|[一二三四五六七八九十]+|[东西南北]?[一二三四五六七八九十]+)?(?:大?路|大?街|大?道|巷|弄|胡同|桥|广场|大厦|大楼|饭店|酒店|宾馆|商场|火车站|湾|里)"
)
_COMPANY_ZH = re.compile(r"(?:(?![省市区县镇乡村路街道园号])[\u3400-\u9fff]){0,12}(?:公司|集团|厂|研究院|研究所|大学|学院|医院|银行|办事处)")
_SUFFIXES = (
    "特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "省", "市", "县", "盟", "州", "旗",
)  # fmt: skip
_PEOPLES = re.compile(r"(?:[\u3400-\u9fff]{1,4}族)+$")
_STREET_EN = (
    r"(?:st|street|ave|avenue|rd|road|blvd|boulevard|dr|drive|ln|lane|way|pkwy|parkway|hwy|highway|ct|court|pl|place|plaza|sq|square|bldg|building|tower"
    r"|towers|house|hotel|university|college|terrace|trail|loop|circle|row|walk|mall|center|centre|inc|llc|ltd|gmbh|corp|company)\b\.?"
)
_STREET_AFTER = re.compile(rf"\s+(?:[A-Z][a-z]+\s+)?{_STREET_EN}", re.IGNORECASE)
_STREET_WORD = re.compile(rf"\b{_STREET_EN}|stra(?:ß|ss)e\b|\brue\b|\bvia\b|\bcalle\b", re.IGNORECASE)
_ZIP = r"\d{5}(?:-\d{4})?(?![\d-])"
_CODE_ZIP = re.compile(rf"\b([A-Za-z]{{2}})\.?,?\s+({_ZIP})")
_POSTAL_CA = re.compile(r"\b([A-Za-z]{2})\.?,?\s+[A-Za-z]\d[A-Za-z][ -]?\d[A-Za-z]\d\b")
_LAST_ZIP = re.compile(rf"(?<!\d)({_ZIP})[\s,.]*(?:(?:usa|u\.s\.a\.|us|united states(?: of america)?)\.?)?\s*$", re.IGNORECASE)
# two letters right behind four digits are the end of a Dutch postcode (1017 CA Amsterdam)
_CODE = re.compile(r"(?<![A-Za-z.&-])(?<!\b\d{4} )([A-Z]{2})(?![A-Za-z&-])")
_LOWER_CODE = re.compile(r",\s*([a-z]{2})[\s,.]*(?:usa|us)?\s*$", re.IGNORECASE)
_DC = re.compile(r"\bD\.\s?C\.?(?![A-Za-z])")
_DOMINANT = 10  # a city is meant when it has this many times the inhabitants of its namesakes elsewhere
_TOWN = 15000  # inhabitants of a place that is recognised inside a longer line
_WORD = re.compile(r"[^\W\d_][^\W\d_'.’-]*")


@dataclass(frozen=True, slots=True)
class _Found:
    """A place found in an address: the division it lies in ("" = not known), the workspace's own name for its region ("" = none), and how strong it is."""

    division: str
    label: str
    rank: int


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, Division], dict[str, list[Division]], dict[str, tuple[str, int]]]:
    """(divisions by plain English name, by code, {Chinese name: (division, rank)})."""
    table = divisions()
    english = {plain(division.name): division for division in table}
    codes: dict[str, list[Division]] = {}
    chinese: dict[str, tuple[str, int]] = {}
    for division in table:
        codes.setdefault(division.code, []).append(division)
        for name in division.chinese:
            chinese[name] = (division.name, 4 if name == division.chinese[0] and division.country == "CN" else 3)
            if division.country != "CN" and not name.endswith(("州", "省", "区")):
                chinese[name + "州"] = (division.name, 4)
    _districts({division.code: division.name for division in table if division.country == "CN"}, chinese)
    return english, codes, chinese


def _districts(provinces: Mapping[str, str], chinese: dict[str, tuple[str, int]]) -> None:
    """Adds prefectures (rank 3 in full, 2 in short) and counties (2 in full, cities and counties 1 in short); rank 0 is a name of several provinces."""
    found: dict[str, set[tuple[str, int]]] = {}
    for code, name in chinese_districts().items():
        prefecture = code.endswith("00")
        found.setdefault(name, set()).add((provinces[code[:2]], 3 if prefecture else 2))
        short = _short(name)
        if short != name and len(short) > 1 and (prefecture or name[-1] in "市县"):
            found.setdefault(short, set()).add((provinces[code[:2]], 2 if prefecture else 1))
    for name, meanings in found.items():
        rank = max(each for _, each in meanings)
        strongest = {province for province, each in meanings if each == rank}
        sure = len(strongest) == 1 and (rank > 1 or len(meanings) == 1)
        chinese.setdefault(name, (strongest.pop(), rank) if sure else ("", 0))


def _short(name: str) -> str:
    """苏州市 -> 苏州, 延边朝鲜族自治州 -> 延边."""
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) > 1:
            return _PEOPLES.sub("", name[: -len(suffix)]) or name[: -len(suffix)]
    return name


class Regions:
    """Regions of one workspace. `table` maps a region's name to the place names that mean it; it stands over the gazetteer: a division named in it bears
    the workspace's name for it, and its cities are known even where no package is installed."""

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        english, _, chinese = _tables()
        self._labels: dict[str, str] = {}
        self._aliases: dict[str, str] = {}
        for label, names in table.items():
            for name in (label, *names):
                division = _division_named(name)
                if division:
                    self._labels.setdefault(division, label)
                else:
                    self._aliases.setdefault(to_simplified(fold(name)) if _HAN.search(name) else plain(name), label)
        self._zones = frozenset(table) - frozenset(self._labels.values())
        self._chinese = _alternatives([*chinese, *(name for name in self._aliases if _HAN.search(name))])
        self._english = _alternatives([*english, *(name for name in self._aliases if not _HAN.search(name))], word=True)

    def region(self, address: str) -> str:
        """The region of an address, as the workspace calls it or by its English name; "" when it cannot be told."""
        text = to_simplified(fold(address))
        found = self._in_chinese(text) if _HAN.search(text) else ""
        return found or (self._in_english(text) if re.search("[A-Za-z]{2}", text) else "")

    def names(self) -> frozenset[str]:
        """Everything that `region` may give, but for the empty text."""
        return frozenset({self._label(division.name) for division in divisions()} | set(self._labels.values()) | set(self._aliases.values()))

    def meant(self, name: str) -> str:
        """What `region` gives for a region called so (TX, 德州); "" for no region."""
        division = _division_named(name) or next((each.name for each in divisions() if each.code == name), "")
        return self._label(division) if division else ""

    def _label(self, division: str) -> str:
        return self._labels.get(division, division)

    def _in_chinese(self, text: str) -> str:
        places = [place for match in self._chinese.finditer(text) if (place := self._chinese_place(match, text))]
        if not places:
            return ""
        top = max(place.rank for place in places)
        regions = {place.label or self._label(place.division) for place in places if place.rank == top}
        if len(regions) > 1:
            return ""
        inside = {place.division for place in places if place.rank == top}
        zones = {place.label for place in places if place.label in self._zones and (not place.division or place.division in inside)}
        return zones.pop() if len(zones) == 1 else regions.pop()

    def _chinese_place(self, match: re.Match[str], text: str) -> _Found | None:
        """A match as a place, unless it is the name of a street, a building or a company."""
        name = match.group()
        label = self._aliases.get(name) or self._aliases.get(_short(name), "")
        division, rank = _tables()[2].get(name, ("", 2))
        if not rank and not label:
            return None
        rest = text[match.end() :]
        if name[-1] not in "省市区县州盟旗":
            if rest[:1] in ("省", "市", "州"):
                rank += 1
            elif _STREET_ZH.match(rest) or _COMPANY_ZH.match(rest):
                return None
        return _Found(division, label, rank)

    def _in_english(self, text: str) -> str:
        coded = _coded(text)
        if coded is not None:
            return self._zoned(coded, text)
        country, body = _country(text)
        stated = self._stated(body, country)
        if stated:
            return self._zoned(stated, body)
        own = next(iter(reversed(self._own(body))), "")
        division = "" if own else _city(body, country)
        zipped = _zip_division(text) if country in ("", "US") else ""
        if (own or division) and zipped and (own or self._label(division)) != self._label(zipped):
            return ""
        if own or division:
            return own or self._label(division)
        return self._label(zipped) if country == "US" or re.match(r"\s*\d+\s+\S", text) else ""

    def _zoned(self, division: str, text: str) -> str:
        """The region of a stated division, or the workspace's own zone inside it."""
        zones = {label for name in self._own_names(text) if (label := self._aliases[name]) in self._zones and _lies_in(name, division)}
        return zones.pop() if len(zones) == 1 else self._label(division)

    def _stated(self, body: str, country: str) -> str:
        """The division named last, in full or by its code where a code may stand."""
        found, at = "", -1
        text = flat(body)
        for match in self._english.finditer(text):
            division = _tables()[0].get(match.group())
            if division and country in ("", division.country) and not _STREET_AFTER.match(body, match.end()) and not text.startswith(" city", match.end()):
                found, at = division.name, match.start()
        if capital := _DC.search(body):
            found, at = "District of Columbia", capital.start()
        for match in (*_CODE.finditer(body), *_LOWER_CODE.finditer(body)):
            start = match.start(1)
            division = _by_code(match[1].upper(), country)
            if division and start > at and (start > 0 or len(body) == 2) and not _STREET_AFTER.match(body, match.end(1)):
                found, at = division.name, start
        return found

    def _own_names(self, body: str) -> list[str]:
        """The workspace's own place names in the text, in order, without those that name a street."""
        matches = self._english.finditer(flat(body))
        return [match.group() for match in matches if match.group() in self._aliases and not _STREET_AFTER.match(body, match.end())]

    def _own(self, body: str) -> list[str]:
        return [self._aliases[name] for name in self._own_names(body)]


def _alternatives(names: Sequence[str], *, word: bool = False) -> re.Pattern[str]:
    """A pattern of the names, the longest first; whole words only for Latin ones."""
    body = "|".join(sorted(map(re.escape, names), key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"(?<![\w'])(?:{body})(?![\w'])" if word else body)


def _division_named(name: str) -> str:
    """The division a workspace's name means as a whole: 江苏, Texas or TX."""
    english, codes, chinese = _tables()
    if plain(name) in english:
        return english[plain(name)].name
    if name.isupper() and len(name) == 2 and name in codes:
        return codes[name][0].name
    division, rank = chinese.get(to_simplified(fold(name)), ("", 0))
    whole = any(
        division == each.name and to_simplified(fold(name)).removesuffix("州") in (*each.chinese, *(long + "州" for long in each.chinese))
        for each in divisions()
    )
    return division if rank >= 3 and whole else ""


def _by_code(code: str, country: str) -> Division | None:
    """The state of a postal code; Chinese divisions have none that people write."""
    return next((division for division in _tables()[1].get(code, ()) if division.country != "CN" and country in ("", division.country)), None)


def _coded(text: str) -> str | None:
    """The division of a state code with its ZIP or postal code; "" when the two disagree, None when there is no such pair."""
    if match := _POSTAL_CA.search(text):
        division = _by_code(match[1].upper(), "CA")
        if division:
            return division.name
    for match in reversed(list(_CODE_ZIP.finditer(text))):
        division = _by_code(match[1].upper(), "US")
        if division:
            return division.name if _zip_of(match[2]) in ("", division.name) else ""
    return None


def _zip_of(code: str) -> str:
    prefix = int(code[:3])
    return next((division.name for division in divisions() if any(first <= prefix <= last for first, last in division.zips)), "")


def _zip_division(text: str) -> str:
    """The state of a ZIP code at the end of an address."""
    match = _LAST_ZIP.search(text)
    return _zip_of(match[1]) if match and match.start() > 0 else ""


def _country(text: str) -> tuple[str, str]:
    """(ISO code, the address without it) of a country named at the end; "" when none is."""
    head, comma, last = text.rstrip(" .,").rpartition(",")
    if not comma:
        head, _, last = text.rstrip(" .,").rpartition(" ")
    code = COUNTRIES.get(plain(last), "")
    return (code, head) if code else ("", text)


def _lies_in(city: str, division: str) -> bool:
    return any(found.division == division for found in world().cities.get(city, ()))


def _city(body: str, country: str) -> str:
    """The division of the city an address names, looking from its end; "" when none is known or several could be meant."""
    for component in reversed(re.split(r"[,;\n]", body)):
        words = _WORD.findall(component)
        if not words:
            continue
        for size in range(min(len(words), 4), 0, -1):
            for start in range(len(words) - size, -1, -1):
                found = _meant(words[start : start + size], country, whole=size == len(words))
                if found is not None and not (size < len(words) and _STREET_WORD.search(component)):
                    return found
    return ""


def _meant(words: Sequence[str], country: str, *, whole: bool) -> str | None:
    """The division that a name means: of its own, or its city's; "" when it is ambiguous, None when it is no name. Part of a line must be a known town."""
    name = plain(" ".join(words))
    if not whole and not words[0][:1].isupper():
        return None
    named = {division for division in world().divisions.get(name, ()) if country in ("", division[0])}
    if named and whole:
        return _canonical(*named.pop()) if len(named) == 1 else ""
    cities = [city for city in world().cities.get(name, ()) if country in ("", city.country) and (whole or city.population >= _TOWN)]
    if not cities:
        return None
    sizes: dict[tuple[str, str], int] = {}
    for city in cities:
        key = (city.country, city.division)
        sizes[key] = max(sizes.get(key, 0), city.population)
    ranked = sorted(sizes, key=lambda key: -sizes[key])
    if len(ranked) > 1 and sizes[ranked[0]] < _DOMINANT * sizes[ranked[1]]:
        return ""
    return _canonical(*ranked[0])


def _canonical(country: str, division: str) -> str:
    """The name of a division: its own where that is enough, with the country where several have one of that name, the country where it has none."""
    if not division:
        return next((found.name for found in divisions() if found.name == {"HK": "Hong Kong", "MO": "Macau", "TW": "Taiwan"}.get(country)), country)
    if country in ("CN", "US", "CA") or len(world().divisions.get(plain(division), ())) == 1:
        return division
    return f"{division}, {country}"

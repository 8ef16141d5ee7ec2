"""Quantities with physical units in a text, their conversion and comparison; no prices, no counts of goods.

Factors are the exact definitions of the SI brochure and NIST SP 811 (1 in = 0.0254 m, 1 psi = 6894.757293168 Pa, 1 mechanical hp = 745.6998715823 W,
1 kgf/cm² = 98 066.5 Pa, 1 US gallon = 3.785411784 L).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import product

from assistant.errors import InvalidInput
from assistant.text.numbers import ZH_NUMERAL, Number, parse_number


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` (to `high`, for a range such as 4–20 mA) in the canonical `unit` of `dimension`; `text` stood at `start:end`."""

    value: Decimal
    unit: str
    dimension: str
    text: str = ""
    start: int = 0
    end: int = 0
    high: Decimal | None = None


# unit: (dimension, factor to the base unit, spellings); spellings are matched with their case where a case is given in _CASED
_UNITS: dict[str, tuple[str, str, str]] = {
    "m³/h": ("flow", "1", "m³/h m3/h m^3/h cbm/h cmh 立方米每小时 立方米/小时 立方/小时 立方每小时 方/小时 方每小时 立方/时 方/时"),
    "L/min": ("flow", "0.06", "l/min lpm 升每分钟 升/分钟 升/分"),
    "L/h": ("flow", "0.001", "l/h lph 升每小时 升/小时"),
    "L/s": ("flow", "3.6", "l/s 升每秒 升/秒"),
    "gpm": ("flow", "0.2271247070", "gpm usgpm gal/min"),
    "MPa": ("pressure", "1000000", "mpa 兆帕 兆帕斯卡 megapascals megapascal"),
    "kPa": ("pressure", "1000", "kpa 千帕"),
    "Pa": ("pressure", "1", "pa 帕斯卡 帕"),
    "bar": ("pressure", "100000", "bar bars 巴"),
    "mbar": ("pressure", "100", "mbar 毫巴"),
    "psi": ("pressure", "6894.757293168", "psi psig"),
    "kgf/cm²": ("pressure", "98066.5", "kgf/cm² kgf/cm2 kg/cm² kg/cm2 公斤压力 公斤的压力 公斤力"),
    "mm": ("length", "0.001", "mm 毫米 millimeters millimetres millimeter millimetre"),
    "cm": ("length", "0.01", "cm 厘米 公分 centimeters centimetres"),
    "m": ("length", "1", "m 米 meters metres meter metre"),
    "km": ("length", "1000", "km 公里 千米 kilometers kilometres"),
    "µm": ("length", "0.000001", "µm μm um 微米 microns micron"),
    "inch": ("length", "0.0254", "inches inch in \" ″ 英寸 吋 寸"),
    "ft": ("length", "0.3048", "ft feet foot 英尺"),
    "W": ("power", "1", "w 瓦 瓦特 watts watt"),
    "kW": ("power", "1000", "kw 千瓦 kilowatts kilowatt"),
    "MW": ("power", "1000000", "兆瓦 megawatts"),
    "HP": ("power", "745.6998715823", "hp 匹 马力 horsepower"),
    "V": ("voltage", "1", "v 伏 伏特 volts volt vac vdc"),
    "kV": ("voltage", "1000", "kv 千伏"),
    "mV": ("voltage", "0.001", "mv 毫伏"),
    "A": ("current", "1", "a 安 安培 amps amp amperes"),
    "mA": ("current", "0.001", "ma 毫安"),
    "Hz": ("frequency", "1", "hz 赫兹 赫"),
    "kHz": ("frequency", "1000", "khz 千赫"),
    "rpm": ("speed", "1", "rpm r/min 转/分 转每分 转每分钟 转/分钟"),
    "kg": ("mass", "1", "kg kgs 公斤 千克 kilograms kilogram kilos kilo"),
    "g": ("mass", "0.001", "g 克 grams gram"),
    "t": ("mass", "1000", "t 吨 tons tonnes tonne ton"),
    "lb": ("mass", "0.45359237", "lb lbs pounds pound 磅"),
    "jin": ("mass", "0.5", "斤"),
    "L": ("volume", "0.001", "l 升 公升 liters litres liter litre"),
    "mL": ("volume", "0.000001", "ml 毫升"),
    "m³": ("volume", "1", "m³ m3 立方米 立方 cubic|metres cubic|meters cubic|metre cubic|meter"),
    "gal": ("volume", "0.003785411784", "gal gallons gallon 加仑"),
    "m²": ("area", "1", "m² m2 平方米 平米 平方"),
    "mm²": ("area", "0.000001", "mm² mm2 平方毫米"),
    "N·m": ("torque", "1", "n·m nm n.m 牛米 牛·米"),
    "kN": ("force", "1000", "kn 千牛"),
    "N": ("force", "1", "牛顿 newtons"),
    "dB": ("sound", "1", "db db(a) dba 分贝"),
    "°C": ("temperature", "1", "°c ℃ 摄氏度 度 degrees celsius|deg c celsius"),
    "°F": ("temperature", "1", "°f ℉ 华氏度 deg f fahrenheit"),
    "K": ("temperature", "1", "开尔文 kelvin"),
    "s": ("time", "1", "s sec secs seconds second 秒 秒钟"),
    "min": ("time", "60", "min mins minutes minute 分钟"),
    "h": ("time", "3600", "h hr hrs hours hour 小时 个小时 钟头 个钟头"),
    "day": ("time", "86400", "days day d 天 日"),
    "week": ("time", "604800", "weeks week wks wk 周 个星期 星期 个礼拜"),
    "workday": ("workdays", "1", "working|days working|day business|days business|day workdays workday work|days 个工作日 工作日 个工作天 工作天"),
    "month": ("months", "1", "months month mos 个月 个月份 月"),
    "year": ("months", "12", "years year yrs yr 年"),
    "%": ("share", "1", "% percent pct"),
}  # fmt: skip
# flows in so many words: what flows, and in which time (25 cubic metres an hour, 40 litres per minute)
_CUBIC, _LITRES = ("cubic metres", "cubic meters", "cubic metre", "cubic meter", "cubes", "m3", "m³"), ("litres", "liters", "litre", "liter", "l")
_FLOWS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("m³/h", _CUBIC, ("hour", "hr", "h")),
    ("L/min", _LITRES, ("minute", "min")),
    ("L/h", _LITRES, ("hour", "hr", "h")),
    ("L/s", _LITRES, ("second", "sec", "s")),
    ("gpm", ("gallons", "gallon", "us gallons"), ("minute", "min")),
)
# 每小时40方: the time first
_EVERY = {"小时": {"方": "m³/h", "立方": "m³/h", "立方米": "m³/h", "升": "L/h"}, "分钟": {"升": "L/min"}, "秒": {"升": "L/s"}}
_CASED = {"A", "V", "W", "K", "h", "s", "g", "t", "d", "m", "L"}
_TRADITIONAL = str.maketrans("时钟压寸伏转顿摄尔华兹贝个礼业", "時鐘壓寸伏轉頓攝爾華茲貝個禮業")
_NO_SPACE = {"d", "t", "g", "s"}  # bare letters count only right behind the digits: "5 s" may be anything


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    table: dict[str, str] = {}
    for unit, (_, _, spellings) in _UNITS.items():
        for spelling in [unit.lower(), *(part.replace("|", " ") for part in spellings.split())]:
            table.setdefault(spelling, unit)
            table.setdefault(spelling.translate(_TRADITIONAL), unit)
    for unit, things, times in _FLOWS:
        for thing, every, time in product(things, ("per", "a", "an", "each", "every"), times):
            table.setdefault(f"{thing} {every} {time}", unit)
    return table


_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    spellings = sorted(_spellings(), key=len, reverse=True)
    latin = "|".join(re.escape(spelling).replace(r"\ ", r"[ -]") for spelling in spellings if re.match(r"[a-zµμ°%]", spelling))
    other = "|".join(re.escape(spelling) for spelling in spellings if not re.match(r"[a-zµμ°%]", spelling))
    words = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty[ -]?eight|forty|sixty|ninety|half an?)"
    return re.compile(
        rf"(?:每|一|毎)个?(?P<every>小时|小時|分钟|分鐘|秒)钟?[要出打抽供送约需能大]{{0,3}}\s?(?P<flow>{_NUMBER}|{ZH_NUMERAL})\s?(?P<flow_unit>立方米|立方|方|升)"
        rf"|(?<![A-Za-z0-9_.,#第])(?<![A-Za-z0-9_][-/])(?P<low>{_NUMBER})(?:\s?(?P<low_unit>{latin}|{other})?\s?(?:[-–—~至到]|to)\s?(?P<high>{_NUMBER}))?"
        rf"\s?-?(?:(?P<unit>{latin})(?![A-Za-z0-9³²/])|(?P<unit_zh>{other}))"
        rf"|(?P<zh>{ZH_NUMERAL}(?:[点點]{ZH_NUMERAL})?|半)\s?(?P<zh_unit>{other})"
        rf"|\b(?P<word>{words})[ -](?P<word_unit>{latin})(?![A-Za-z0-9])",
        re.IGNORECASE,
    )


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities with a known unit in folded `text`, in order: 25 m³/h, 1.6MPa, 4–20 mA, 十六公斤压力, 24个月, two hours, 10%.

    Dates are not told from durations here: 6月 after a digit reads as months only in the form 6个月; a caller that reads dates masks them first.
    """
    return tuple(quantity for match in _pattern().finditer(text) if (quantity := _quantity(match)))


def _quantity(match: re.Match[str]) -> Quantity | None:
    if match.group("every"):
        return _flow(match)
    spelled = match.group("unit") or match.group("unit_zh") or match.group("zh_unit") or match.group("word_unit")
    unit = canonical_unit(spelled)
    written = match.group("low") or match.group("zh") or match.group("word")
    value = _value(written)
    if not unit or value is None or not _plausible(match, spelled):
        return None
    low_unit = canonical_unit(match.group("low_unit") or "")
    high = _value(match.group("high")) if match.group("high") else None
    if low_unit and high is not None and low_unit != unit:
        if _UNITS[low_unit][0] != _UNITS[unit][0]:
            return None
        value = convert(value, low_unit, unit)
    return Quantity(value, unit, _UNITS[unit][0], match.group(), match.start(), match.end(), high)


def _flow(match: re.Match[str]) -> Quantity | None:
    unit = _EVERY[match.group("every").replace("時", "时").replace("鐘", "钟")].get(match.group("flow_unit"), "")
    value = _value(match.group("flow"))
    return Quantity(value, unit, _UNITS[unit][0], match.group(), match.start(), match.end()) if unit and value is not None else None


def _plausible(match: re.Match[str], spelled: str) -> bool:
    """Whether the letters behind the number mean a unit: "5 A" and "16 m" do, "5 a day", "12 M" and "2026年" do not."""
    number = match.group("low") or ""
    following = match.string[match.end() : match.end() + 6]
    gap = match.string[match.end("low") : match.end("low") + 1] == " " if match.group("low") else True
    if spelled in ("月", "日", "号") or (spelled == "年" and len(number) == 4):
        return False
    if spelled == "度" and following[:1] in ("电", "電", "假"):
        return False
    if spelled.lower() in ("a", "v", "w", "k", "h", "m", "l", "in") and gap:
        if match.group("word"):
            return False
        upper_only = {"a": "A", "v": "V", "w": "W", "k": "K"}.get(spelled.lower(), spelled.lower())
        return (spelled == upper_only or spelled in ("L",)) and not (spelled == "in" and re.match(r" \w", following))
    return not (spelled.lower() in _NO_SPACE and gap)


def _value(text: str) -> Decimal | None:
    text = text.lower()
    if text in ("a", "an"):
        return Decimal(1)
    if text in ("半", "half a", "half an"):
        return Decimal("0.5")
    value: Number | None = parse_number(text)
    return None if value is None else Decimal(value)


def canonical_unit(spelling: str) -> str:
    """The canonical name of a unit however it is spelled ("" when unknown)."""
    if spelling in _UNITS:
        return spelling
    return _spellings().get(re.sub(r"[\s-]+", " ", spelling.strip().lower()), "")


def dimension(unit: str) -> str:
    """The dimension of a unit, e.g. pressure. Raises InvalidInput for an unknown unit."""
    name = canonical_unit(unit)
    if not name:
        raise InvalidInput(f"unknown unit {unit!r}", code="unknown_unit")
    return _UNITS[name][0]


def convert(value: Decimal | int | float | str, from_unit: str, to_unit: str) -> Decimal:
    """`value` of `from_unit` expressed in `to_unit` (any spelling). Raises InvalidInput for unknown units and for different dimensions."""
    number = Decimal(str(value))
    kind, other = dimension(from_unit), dimension(to_unit)
    if kind != other:
        raise InvalidInput(f"{from_unit} ({kind}) cannot be converted to {to_unit} ({other})", code="dimension")
    source, target = canonical_unit(from_unit), canonical_unit(to_unit)
    if source == target:
        return number
    if kind == "temperature":
        return _from_celsius(_to_celsius(number, source), target)
    return number * Decimal(_UNITS[source][1]) / Decimal(_UNITS[target][1])


def _to_celsius(value: Decimal, unit: str) -> Decimal:
    if unit == "°F":
        return (value - 32) * 5 / 9
    return value - Decimal("273.15") if unit == "K" else value


def _from_celsius(value: Decimal, unit: str) -> Decimal:
    if unit == "°F":
        return value * 9 / 5 + 32
    return value + Decimal("273.15") if unit == "K" else value


def same_value(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities say the same: digit for digit in one unit; across units when one, rounded as the other is written, is that other (within 1 %)."""
    if a.dimension != b.dimension or (a.high is None) != (b.high is None):
        return False
    if not _same(a.value, a.unit, b.value, other_unit=b.unit):
        return False
    return a.high is None or b.high is None or _same(a.high, a.unit, b.high, other_unit=b.unit)


def _same(value: Decimal, unit: str, other: Decimal, *, other_unit: str) -> bool:
    if unit == other_unit:
        return value == other
    there, back = convert(value, unit, other_unit), convert(other, other_unit, unit)
    if there == other:
        return True
    near = abs(there - other) <= abs(other) / 100
    return near and (_rounds_to(there, other) or _rounds_to(back, value))


def _rounds_to(exact: Decimal, written: Decimal) -> bool:
    exponent = written.as_tuple().exponent
    return isinstance(exponent, int) and abs(exact - written) * 2 <= Decimal(1).scaleb(exponent)

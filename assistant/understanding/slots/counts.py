"""Whole numbers that may count goods, in digits, Chinese numerals and English words, and the words goods are counted in; what a number means is read
elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.text.numbers import EN_TENS, EN_UNITS, parse_en, parse_number, parse_zh
from assistant.understanding.slots.scan import Scan

_EN_ONE = "|".join(sorted([*EN_UNITS, *EN_TENS, "hundred", "thousand"], key=len, reverse=True))
EN_NUMBER = rf"(?:a\s+(?=hundred|thousand))?(?:{_EN_ONE})(?:(?:[\s-]|\s+and\s+)(?:{_EN_ONE})){{0,9}}"
ZH_NUMBER = "[零〇一二两三四五六七八九十百千万俩仨廿卅]{1,12}"
NUMBER = re.compile(
    rf"(?P<dozen>(?:\b(?:half\s+a|a|an?other|one|the|(?P<many>\d{{1,6}}|{EN_NUMBER}))\s+dozens?\b)|(?:(?P<zh_many>半|\d{{1,6}}|"
    rf"{ZH_NUMBER})打(?![开电算折包印])))"
    rf"|(?P<sign>(?<![\w)])[+-])?(?:(?<![a-z0-9_./])|(?<=\bx))(?<!\d,)(?<![a-z]-)(?P<digits>\d{{1,3}}(?:,\d{{3}}){{1,3}}|"
    rf"\d{{1,12}})(?!\d)(?P<point>\.\d+)?(?P<scale>[千万](?![元块])|k(?![a-z0-9]))?(?P<odd>[多来余](?=[个台件套只条根箱包卷块张片支枚]))?(?![\d:/])"
    rf"|(?P<zh>{ZH_NUMBER})(?=(?P<more>[多来几余](?=[{'个台件套只条根箱包卷对双块张片支枚'}])))?|\b(?P<couple>a\s+couple|a\s+pair|a\s+few|"
    rf"several)\b|\b(?P<single>a\s+single)\b(?!\s+(?:order|shipment|delivery|lot|batch|day|address|invoice|time|thing|person|one))|\b(?P<both>both)\b|\b(?P<en>{EN_NUMBER})\b",
    re.ASCII,
)
# the number of a house, a gate or a town counts no goods
_PLACE_NUMBER = re.compile(
    r"(?:门牌号?|邮编|楼号)(?:码)?(?:改成|改为|改|是|为|到)*\s*$|\b(?:(?:street|house) (?:number|no\.?)|building"
    r"|door|dock|gate|suite|zip|post ?code|postal code|room|floor)"
    r"(?: (?:number|code|no\.?))?(?:\s+(?:of|for|on)\s+\S+)?(?:\s+(?:is|to|from|should be))?\s*$",
    re.ASCII,
)
_HOUSE_NUMBER = re.compile(r"\s?号(?!的?(?:货|线))")
UNIT_ZH = (
    r"(?:个(?!单子|月|小时|钟|工作日|星期|礼拜|人|字|点|多|性|别|体)|台|件|套|只(?![有是要能好退换留发改送收取订买剩差需想])|条|根|箱|包(?!装|裹|括)|卷|"
    r"对(?![吗吧的了应么比])|双|副|块(?!钱)|张(?!单)|片|支(?!持)|枚|颗|粒|桶|瓶|罐|批|组(?!织)|盒|袋|把|捆|盘|付|樘|扇|面(?!积)|车(?!间|"
    r"型|库|站|辆|床|位)|托盘?|"
    r"板|部(?!门)|架|辆|吨)"
)
UNIT_EN = (
    r"(?:pcs?|pieces?|units?|ea|each|sets?|kits?|items?|boxes|box|cartons?|crates?|cases|pallets?|packs?|packets?|packages?|rolls?|"
    r"pairs?|bags?|bottles?|drums?|tubes?|spares?|parts?|bundles?|reels?|sheets?|sticks?|goods|copies|assemblies)(?![a-z])"
)
UNIT = re.compile(rf"\s?(?:{UNIT_ZH}|[-\s]?{UNIT_EN}(?:\s+of\s+(?:the|those|these|them|my|our))?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Count:
    """A number that may count goods: `value`, its place, and whether it is only about that many."""

    value: int
    start: int
    end: int
    about: bool = False
    sign: str = ""


def counts(scan: Scan) -> list[Count]:
    """All whole numbers in what is left of the message, in digits, Chinese numerals and English words, dozens counted out."""
    found = []
    for match in NUMBER.finditer(scan.rest):
        if _HOUSE_NUMBER.match(scan.rest, match.end()) or _PLACE_NUMBER.search(scan.rest, 0, match.start()):
            continue
        value = _value(match)
        if value is not None and 0 <= value < 10_000_000:
            end = match.end() + (1 if match.group("more") else 0)
            found.append(Count(value, match.start(), end, bool(match.group("more") or match.group("odd")), match.group("sign") or ""))
    return found


def _value(match: re.Match[str]) -> int | None:
    if match.group("dozen"):
        if match.group().startswith(("half", "半")):
            return 6
        many = match.group("many") or match.group("zh_many")
        number = parse_number(many) if many else 1
        return None if number is None else 12 * int(number)
    if match.group("digits"):
        if match.group("point") and not match.group("scale"):
            return None
        number = parse_number(match.group("digits") + (match.group("point") or "") + (match.group("scale") or ""))
        return int(number) if number is not None and number == int(number) else None
    if match.group("zh"):
        parsed = parse_zh(match.group("zh").replace("俩", "两").replace("仨", "三"))
        return int(parsed) if parsed is not None else None
    if match.group("couple"):
        return 2 if match.group("couple").endswith(("couple", "pair")) else None
    if match.group("single"):
        return 1
    if match.group("both"):
        return 2
    return parse_en(match.group("en"))

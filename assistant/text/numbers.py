"""Numbers in a text, in digits, Chinese numerals and English words, with the span they came from; no units, no dates.

Numbers inside model names, order numbers and times are not mentions. All functions expect folded text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Number = int | Decimal
Kind = Literal["number", "percent", "fraction"]


@dataclass(frozen=True, slots=True)
class NumberMention:
    """`value` of the words `text` at `start:end`. A percent is in percent (30 % -> 30), a fraction a share of one (一半 -> 0.5); 十来个 is `approximate`."""

    value: Number
    text: str
    start: int
    end: int
    kind: Kind = "number"
    approximate: bool = False


ZH_DIGITS = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "两": 2, "兩": 2, "俩": 2, "倆": 2, "仨": 3, "幺": 1,
    "壹": 1, "贰": 2, "貳": 2, "叁": 3, "參": 3, "肆": 4, "伍": 5, "陆": 6, "陸": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_D = "".join(ZH_DIGITS)
_S = "".join(_SMALL)
_L = "".join(_LARGE)
ZH_NUMERAL = f"[{_D}{_S}{_L}廿卅]+"
_MEASURES = (
    "个個台臺件套只隻条條根把箱包卷捲打对對双雙副块塊张張片米吨噸升斤克年月天日周週号號时時小分秒次份单單"
    "家层層倍支枚颗顆粒桶瓶罐车車批人位种種公毫厘千兆巴度伏安瓦寸英行步点盒袋"
)

EN_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
EN_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_EN_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}


def parse_zh(numeral: str) -> Number | None:
    """The value of a Chinese numeral (二十五, 一百零八, 三千五 = 3500, 二〇二六, 零点五), or None for what is none."""
    if "点" in numeral or "點" in numeral:
        whole, _, part = numeral.replace("點", "点").partition("点")
        head = parse_zh(whole)
        if head is None or not part or any(char not in ZH_DIGITS for char in part):
            return None
        return Decimal(f"{int(head)}." + "".join(str(ZH_DIGITS[char]) for char in part))
    if not numeral:
        return None
    if all(char in ZH_DIGITS for char in numeral):
        return int("".join(str(ZH_DIGITS[char]) for char in numeral))
    return _scaled(numeral.replace("廿", "二十").replace("卅", "三十"))


def _scaled(numeral: str) -> int | None:
    total = section = digit = 0
    last_scale = 1
    seen_digit = zero = False
    for char in numeral:
        if char in ZH_DIGITS:
            if seen_digit and digit:
                return None
            digit, seen_digit = ZH_DIGITS[char], True
            zero = digit == 0
        elif char in _SMALL:
            section += (digit if seen_digit and digit else 1) * _SMALL[char]
            last_scale, digit, seen_digit = _SMALL[char], 0, False
        elif char in _LARGE:
            total = (total + section + digit) * _LARGE[char]
            section, last_scale, digit, seen_digit = 0, _LARGE[char], 0, False
        else:
            return None
    if digit and last_scale >= 100 and not zero and "零" not in numeral[-2:] and "〇" not in numeral[-2:]:
        digit *= last_scale // 10  # 三千五 is 3500, 三千零五 is 3005
    return total + section + digit


def parse_en(text: str) -> int | None:
    """The value of English number words (twenty-five, a hundred and five, two thousand), or None for what is none."""
    total = current = 0
    seen = False
    for word in re.split(r"[\s-]+", text.lower().strip()):
        if word in EN_UNITS:
            current, seen = current + EN_UNITS[word], True
        elif word in EN_TENS:
            current, seen = current + EN_TENS[word], True
        elif word == "hundred":
            current, seen = (current or 1) * 100, True
        elif word in _EN_SCALES:
            total, current, seen = total + (current or 1) * _EN_SCALES[word], 0, True
        elif word not in ("a", "an", "and"):
            return None
    return total + current if seen else None


def parse_number(text: str) -> Number | None:
    """The value of a number written in digits (1,600.00, 3万), Chinese numerals or English words, or None."""
    text = text.strip()
    if match := re.fullmatch(r"([+-]?\d[\d,]*(?:\.\d+)?)\s*([十百千万萬亿億kK]?)", text):
        return _digits(match.group(1), match.group(2))
    return parse_en(text) if text[:1].isascii() else parse_zh(text)


def _digits(text: str, scale: str = "") -> Number:
    plain = text.replace(",", "")
    factor = {"": 1, "k": 1000, "K": 1000, **_SMALL, **_LARGE}[scale]
    value = Decimal(plain) * factor
    return int(value) if "." not in plain or (scale and value == value.to_integral_value()) else value


_EN_ONE = "|".join([*EN_TENS, *EN_UNITS])
_DIGITS = r"(?<![A-Za-z0-9_.,#第])(?<![A-Za-z0-9_][-/])[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_BEHIND = "k|m|mm|cm|km|kg|g|t|l|h|s|a|ma|v|kv|w|kw|mw|hp|bar|psi|pa|kpa|mpa|pcs?|ea|x|min|hrs?|days?|inch|in|ft|rpm|hz|gpm|lpm|nm|cst|m3|m2"
_TAIL = rf"(?!\d)(?!\.\d)(?!,\d{{3}}(?!\d))(?!-\d)(?!/\d)(?!-?[A-Za-z]+-?\d)(?:(?![A-Za-z_])|(?=(?:{_BEHIND})\b))"
_PATTERN = re.compile(
    rf"(?P<fraction_zh>(?P<den>{ZH_NUMERAL})分之(?P<num>{ZH_NUMERAL}|\d+(?:\.\d+)?))"
    rf"|(?P<dozen_zh>(?P<dozens>半|{ZH_NUMERAL}|\d+)打(?P<dozen_half>半)?(?![开開电電算折包印]))"
    rf"|(?P<tenths>(?P<tenth>[{_D}]|\d)成(?:(?P<tenth2>[{_D}]|半)(?![{_MEASURES}]))?(?![本功立为為都了交熟员員分套品型人新]))"
    r"|(?P<half_zh>一半|(?<![\w])半数|过半|半(?=[个個年天日小打箱吨噸米公]))"
    rf"|(?P<digits>{_DIGITS})(?:(?P<percent>\s?(?:%|percent\b|per cent\b|pct\b))|(?P<scale>[万萬亿億千百](?!分)|k(?![A-Za-z]))|{_TAIL})"
    rf"(?P<about>[多来來餘余](?=[{_MEASURES}]))?"
    rf"|(?P<zh>[{_D}{_S}廿卅][{_D}{_S}{_L}廿卅]*(?:[点點][{_D}]+(?![分刻钟鐘十]))?)"
    rf"(?P<zh_about>[多来來几幾餘余](?=[{_MEASURES}])|几|幾)?(?P<zh_half>[{_MEASURES}]半(?![天年月小]))?"
    r"|\b(?P<dozen_en>(?:(?P<half_dozen>half a|half-a)|(?P<dozens_en>[a-z]+|\d+)) dozens?\b)"
    r"|\b(?P<half_en>half|one half|a quarter(?! (?:end|past|to))|(?:one|a|two)[ -]thirds?|three[ -]quarters)\b"
    r"|\b(?P<couple>a couple)(?: of)?\b"
    rf"|\b(?P<en>(?:a (?=hundred|thousand|million))?(?:{_EN_ONE}|hundred|thousand|million)(?:(?:[ -]| and )(?:{_EN_ONE}|hundred|thousand|million))*)\b"
    r"(?P<en_percent> ?(?:percent|per cent|pct|%))?(?P<and_half> and a half\b)?",
    re.IGNORECASE,
)
_NOT_ZH = re.compile(
    r"[一二三四五六七八九十][下些样樣般起定直旦边邊致共律切概向再同面样刻路味]|千万|万一|萬一|十分|百度|三通|四川|一一|星期[一二三四五六日]|[周週][一二三四五六]|礼拜[一二三四五六]"
    r"|第[一二两三四五六七八九十百]+|三亚|九江|二手|三角|统一|唯一|同一|万一|单一|[一二三四五六七八九十]流|一旦|二维|三相|两相|单三"
)
_PRONOUN_BEFORE = re.compile(
    r"\b(?:the|that|this|which|each|every|any|another|other|no|some|first|second|third|last|next|only|wrong|right|new|old|\w+(?:er|est))\s+$",
    re.IGNORECASE,
)
_BEFORE_SINGLE = re.compile(r"(?:^|[成为為到要是有退换換共只约約近剩留减減加和、，,:：\s改买買订訂])$")


def find_numbers(text: str) -> tuple[NumberMention, ...]:
    """All numbers said in folded `text`, in order and without overlap.

    Digits (with thousands separators, 万, k), Chinese numerals with 半, 俩, 打, 成, 十来, 百分之, English words with dozen, couple, half, percent.
    A single numeral inside a word (一下, 统一, 周三) and the pronoun "one" are no mentions.
    """
    found: list[NumberMention] = []
    position = 0
    while match := _PATTERN.search(text, position):
        mention = _mention(text, match)
        position = max(match.end() if mention else match.start() + 1, position + 1)
        if mention:
            found.append(mention)
            position = max(mention.end, match.start() + 1)
        elif match.group("zh"):
            position = match.end("zh") if len(match.group("zh")) == 1 else match.start() + 1
    return tuple(found)


def _mention(text: str, match: re.Match[str]) -> NumberMention | None:
    start, end = match.span()
    kind: Kind = "number"
    approximate = False
    value: Number | None
    match match.lastgroup and _which(match):
        case "digits":
            value = _digits(match.group("digits"), match.group("scale") or "")
            kind = "percent" if match.group("percent") else "number"
            approximate = bool(match.group("about"))
        case "zh":
            return _zh_mention(text, match)
        case "fraction_zh":
            return _fraction(match)
        case "dozen_zh":
            value, end = _dozens(match), match.end("dozen_zh")
        case "tenths":
            tail = match.group("tenth2")
            value, kind = 10 * _int(match.group("tenth")) + (5 if tail == "半" else _int(tail) if tail else 0), "percent"
        case "half_zh":
            value, kind = Decimal("0.5"), "number" if match.group() == "半" else "fraction"
        case "dozen_en":
            value = _dozens_en(match)
        case "half_en":
            value, kind = _part_en(match.group("half_en").lower()), "fraction"
        case "couple":
            value, approximate, end = 2, True, match.end("couple")
        case _:
            return _en_mention(text, match)
    return None if value is None else NumberMention(value, text[start:end], start, end, kind, approximate)


_ALTERNATIVES = ("fraction_zh", "dozen_zh", "tenths", "half_zh", "digits", "zh", "dozen_en", "half_en", "couple", "en")


def _which(match: re.Match[str]) -> str:
    return next(name for name in _ALTERNATIVES if match.group(name))


def _int(text: str) -> int:
    return int(parse_number(text) or 0)


def _fraction(match: re.Match[str]) -> NumberMention | None:
    below, above = parse_zh(match.group("den")), parse_number(match.group("num"))
    if not below or above is None:
        return None
    if match.group("den") in ("百", "一百"):
        return NumberMention(above, match.group(), match.start(), match.end(), "percent")
    return NumberMention(Decimal(above) / Decimal(below), match.group(), match.start(), match.end(), "fraction")


def _dozens(match: re.Match[str]) -> int:
    dozens = match.group("dozens")
    whole = 6 if dozens == "半" else 12 * _int(dozens)
    return whole + (6 if match.group("dozen_half") else 0)


def _dozens_en(match: re.Match[str]) -> int | None:
    if match.group("half_dozen"):
        return 6
    dozens = match.group("dozens_en").lower()
    count = 1 if dozens in ("a", "the", "one", "per") else parse_number(dozens)
    return None if count is None else 12 * int(count)


def _part_en(words: str) -> Decimal:
    if "third" in words:
        return Decimal(2 if words.startswith("two") else 1) / 3
    return {"a": Decimal("0.25"), "t": Decimal("0.75")}.get(words[0], Decimal("0.5"))


def _zh_mention(text: str, match: re.Match[str]) -> NumberMention | None:
    numeral = match.group("zh")
    start, end = match.start("zh"), match.end("zh")
    value = parse_zh(numeral)
    if value is None or text[start - 1 : start] in ("几", "幾", "数", "數") or (start and text[start - 1] == "打" and text[end : end + 1] == "折"):
        return None
    if len(numeral) == 2 and text[end : end + 1] in _MEASURES and all(char in "一二两兩三四五六七八九" for char in numeral):
        return NumberMention(ZH_DIGITS[numeral[0]], numeral, start, end, "number", True)  # 两三个
    around = text[max(0, start - 2) : end + 1]
    if any(max(0, start - 2) + bad.start() < end and max(0, start - 2) + bad.end() > start for bad in _NOT_ZH.finditer(around)):
        return None
    if len(numeral) == 1 and numeral not in "俩倆仨":
        measured = text[end : end + 1] in _MEASURES if end < len(text) else False
        if not measured and not match.group("zh_about") and not (_BEFORE_SINGLE.search(text[:start]) and not text[end : end + 1].isalnum()):
            return None
    if half := match.group("zh_half"):
        return NumberMention(Decimal(int(value)) + Decimal("0.5"), numeral + half, start, match.end("zh_half"))
    return NumberMention(value, text[start:end], start, end, "number", bool(match.group("zh_about")))


def _en_mention(text: str, match: re.Match[str]) -> NumberMention | None:
    words = match.group("en")
    value: Number | None = parse_en(words)
    if value is None or (words.lower() == "one" and _PRONOUN_BEFORE.search(text[: match.start()])):
        return None
    end = match.end("en")
    if match.group("en_percent"):
        end = match.end("en_percent")
        return NumberMention(value, text[match.start() : end], match.start(), end, "percent")
    if match.group("and_half"):
        value, end = Decimal(value) + Decimal("0.5"), match.end("and_half")
    return NumberMention(value, text[match.start() : end], match.start(), end)

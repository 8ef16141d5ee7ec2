"""Reads the figures of a statement with units and bounds: money, dates, times, quantities, codes, numbers; it judges nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from assistant.dialog.support.bounds import Figure, bounded, without_bound
from assistant.text.numbers import EN_TENS, EN_UNITS, ZH_NUMERAL, find_numbers, parse_en, parse_number
from assistant.text.units import canonical_unit, dimension, find_quantities

_MONTHS = {name: number for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}
_CURRENCY_BY = {
    "CNY": "cny,rmb,¥,￥,元,块,块钱,人民币,yuan,renminbi,元人民币",
    "USD": "usd,$,us$,美元,美金,dollar,dollars,us dollars,us dollar",
    "EUR": "eur,€,欧元,euro,euros",
    "GBP": "gbp,£,英镑,pounds sterling",
    "JPY": "jpy,日元,yen",
    "HKD": "hkd,hk$,港元,港币",
    "c": "cents,分钱",
}
_CURRENCY = {word: name for name, words in _CURRENCY_BY.items() for word in words.split(",")}
_D = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:\s?(?:万|亿|千|百|million|thousand|k)(?![A-Za-z]))?"
_FRONT = r"CNY|RMB|USD|EUR|GBP|JPY|HKD|US\$|HK\$|¥|￥|\$|€|£|人民币"
_BACK = (
    r"元人民币|人民币|美元|美金|欧元|英镑|日元|港元|港币|元|块钱|块|CNY|RMB|USD|EUR|GBP|JPY|HKD|yuan|renminbi|us dollars?|dollars?|euros?|yen"
    r"|pounds sterling|cents|€"
)
_MONEY = re.compile(
    rf"(?P<front>{_FRONT})\s?(?P<a>(?:{_D}){_SCALE})(?:\s?[-–~至到]\s?(?:{_FRONT})?(?P<a2>(?:{_D}){_SCALE}))?(?![\d])"
    rf"|(?<![A-Za-z0-9.])(?P<b>(?:{_D}){_SCALE}|{ZH_NUMERAL})(?:\s?[-–~至到]\s?(?P<b2>(?:{_D}){_SCALE}))?\s?(?P<back>{_BACK})(?![A-Za-z])",
    re.IGNORECASE,
)
_MONTH = r"(?P<{0}>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\.?"
_DATES = [
    re.compile(r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)(?:T[\d:.+\-Z]+)?"),
    re.compile(r"(?:(?P<y>\d{4})\s*年\s*)?(?<!\d)(?P<m>\d{1,2}|[一二三四五六七八九十]{1,3})\s*月\s*(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]"),
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH.format('mon')}\b(?:,?\s+(?P<y>\d{{4}}))?", re.IGNORECASE),
    re.compile(rf"\b{_MONTH.format('mon')}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(?P<y>\d{{4}}))?", re.IGNORECASE),
    re.compile(r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月(?:份)?"),
    re.compile(rf"\b{_MONTH.format('mon')}\s+(?P<y>(?:19|20)\d{{2}})\b", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})\s*年(?![期内以质保])"),
    re.compile(r"(?<![\d个])(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月(?:份)?(?![\d内])"),
    re.compile(rf"\b(?:in|of|by|until|since|from|every|each|to|and|through)\s+{_MONTH.format('mon')}\b(?!\s*\d)", re.IGNORECASE),
]
_CLOCK = re.compile(
    r"(?<![\d:])(?P<h>\d{1,2})[:：](?P<min>\d{2})(?!\d)\s?(?P<half>[ap]\.?m\b\.?)?"
    r"|\b(?P<h2>\d{1,2})\s?(?P<half2>[ap]\.?m\b\.?)"
    r"|(?P<zone>上午|早上|早|下午|晚上|晚|中午|凌晨|傍晚)?(?<![\d.])(?P<h3>\d{1,2}|[一二两三四五六七八九十]{1,2})\s?[点时](?:(?P<q>半)"
    r"|(?P<min3>\d{1,2})分?|整|钟)?(?![\d小间段候效])",
    re.IGNORECASE,
)
_NOON = re.compile(r"\bnoon\b|正午", re.IGNORECASE)
_CODE = re.compile(
    r"https?://\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![A-Za-z0-9])(?=[A-Za-z0-9/_-]*\d)(?=[A-Za-z0-9/_-]*[A-Za-z])[A-Za-z]+[A-Za-z0-9]*(?:[-/_][A-Za-z0-9]+)*\b"
    r"|(?<![A-Za-z0-9])[A-Z]{1,4}-(?![a-z]+\b)[A-Za-z0-9][A-Za-z0-9-]*",
    re.ASCII,
)
_EXTRA_UNITS_BY = {
    "GB": "gb",
    "TB": "tb",
    "MB": "mb",
    "KB": "kb",
    "ms": "ms,毫秒",
    "kWh": "kwh,度电",
    "Wh": "wh",
    "kcal": "kcal",
    "px": "px",
    "dpi": "dpi",
    "g/m²": "gsm,g/m²,g/m2,克/平方米,克每平方米,grams per square metre,grams per square meter",
    "mg/L": "mg/l",
    "ppm": "ppm",
    "mg/kg": "mg/kg",
    "g/cm³": "g/cm³,g/cm3",
    "kg/m³": "kg/m³,kg/m3",
    "mPa·s": "mpa·s,mpa.s",
    "cP": "cp",
    "m/s": "m/s,米/秒",
    "km/h": "km/h,公里/小时",
    "mAh": "mah,毫安时",
    "lux": "lux,勒克斯",
    "lm": "lm,流明",
    "mg": "mg,毫克,milligrams,milligram",
    "mm/s": "mm/s,毫米/秒",
    "mm/min": "mm/min",
    "cm²": "cm²,cm2,平方厘米",
    "cm³": "cm³,立方厘米",
    "m³": "cbm",
    "g/L": "g/l,克/升,grams per litre,grams per liter",
    "mL/L": "ml/l",
    "dtex": "dtex",
    "tex": "tex",
    "Mbps": "mbps",
    "Gbps": "gbps",
    "acre": "英亩",
    "ha": "公顷,hectares",
    "quarter": "quarters,季度,个季度",
    "‰": "‰",
    "vol%": "vol%",
    "TEU": "teu",
    "°C/min": "℃/min",
    "K/min": "k/min",
    "kN·m": "kn·m",
    "W/m²": "w/m²",
    "VA": "va",
    "kVA": "kva",
    "Ah": "ah",
}
_EXTRA_UNITS = {word: name for name, words in _EXTRA_UNITS_BY.items() for word in words.split(",")}
_EXTRA_NAMES = "|".join(sorted(map(re.escape, _EXTRA_UNITS), key=len, reverse=True))
_EXTRA = re.compile(
    rf"(?<![A-Za-z0-9.])(?P<low>[+-]?(?:{_D}))(?:\s?[-–~至到]\s?(?P<high>{_D}))?\s?-?(?P<unit>{_EXTRA_NAMES})(?![A-Za-z0-9²³/])",
    re.IGNORECASE,
)
_SPACED = re.compile(
    rf"(?<![A-Za-z0-9.])(?P<low>[+-]?(?:{_D}))(?:\s?(?:g|t|GHz|MHz|N|牛|瓦时|K|s|h|A|V|W|L)?\s?(?:[-–~至到]|to)\s?(?P<high>{_D}))?\s?(?P<unit>g|t|GHz"
    rf"|MHz|N|牛(?![肉奶皮排])|瓦时|K|s|h|A|V|W|L)(?![A-Za-z0-9/²³·.])"
)
_STUCK = re.compile(rf"(?<![A-Za-z0-9.,-])(?P<low>{_D})(?!(?:st|nd|rd|th)\b)(?P<unit>[A-Za-zµΩ°]{{1,6}}[²³]?)(?![A-Za-z0-9])")
_FOLD = re.compile(r"(?P<n>[1-9]\d?(?:\.\d)?|[一二三四五六七八九]{1,2})折(?![叠合弯断])")
_ORDINAL = re.compile(rf"第\s?(?P<z>\d+|{ZH_NUMERAL})(?=[^A-Za-z0-9])|\b(?P<e>\d+)(?:st|nd|rd|th)\b", re.IGNORECASE)
_WORDS_EN = "|".join([*EN_TENS, *EN_UNITS, "hundred", "thousand", "million"])
_SPELLED = re.compile(rf"\b(?:a (?=hundred|thousand|million|dozen))?(?:{_WORDS_EN})(?:(?:[ -]| and )(?:{_WORDS_EN}))*\b(?P<half> and a half)?", re.IGNORECASE)
_SHARE = re.compile(rf"百分之({_D}|[{ZH_NUMERAL[1:-2]}点]+)")
# 零下十八, 六到八, 四比一: digits on both sides, so that sign, range and ratio are read
_PAIRED_ZH = re.compile(r"(?P<a>[一二两三四五六七八九十百千]+|\d+)(?P<sign>到|至|比)(?P<b>[一二两三四五六七八九十百千]+|\d+)")
_BELOW_ZH = re.compile(r"(?:零下|负)\s?(?P<z>[一二两三四五六七八九十百]+)")
_COINS = re.compile(r"(?P<z>\d+|[一二两三四五六七八九])(?P<coin>分钱|[毛角](?:钱)?)(?![落度])")
_PARTS = {"quarter": 25, "fifth": 20, "tenth": 10}
_PART = re.compile(r"\b(?:a|one) (quarter|fifth|tenth)\b(?! of an hour)", re.IGNORECASE)
_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
_UNLIKE = re.compile(rf"({_D})\s?([A-Za-z°³²/]+)\s+(?:to|and)\s+({_D})\s?([A-Za-z°³²/]+)")
# the commas of "a, b and c" part no clauses
_LIST = re.compile(r",(?=\s(?:[A-Za-z][\w'-]*\s){0,2}[A-Za-z][\w'-]*(?:,\s(?:[A-Za-z][\w'-]*\s){0,3}[A-Za-z][\w'-]*)?,?\s(?:and|or)\s)")
_BETWEEN = re.compile(rf"\bbetween (?P<a>[^\s]{{0,4}}(?:{_D})\s?[^\s,.;]{{0,8}}) and (?=[^\s]{{0,4}}\d)", re.IGNORECASE)


def normal(text: str) -> str:
    """`text` with spelled-out English numbers, "between", "minus" and 零下 in digits and signs; figures of both sides are read from this form."""
    text = re.sub(
        r"\b(three quarters|(?:a )?quarter) of an hour\b", lambda match: "45 minutes" if match[1][0] in "tT" else "15 minutes", text, flags=re.IGNORECASE
    )
    text = _SPELLED.sub(_digits_of, text)
    text = re.sub(r"\b(\d+) to one\b", r"\1:1", text, flags=re.IGNORECASE)
    text = re.sub(r"\bone to (\d+)\b", r"1:\1", text, flags=re.IGNORECASE)
    text = re.sub(r"正负|\bplus or minus\b|±\s?", " ± ", text, flags=re.IGNORECASE)
    text = _BELOW_ZH.sub(lambda match: f" -{parse_number(match['z'])}", text)
    text = _PAIRED_ZH.sub(_paired_digits, text)
    text = _COINS.sub(_coins, text)
    text = _PART.sub(lambda match: f"{_PARTS[match[1].lower()]}%", text)
    text = re.sub(r"\b(?:a|one)?\s?dozen\b", "12", text, flags=re.IGNORECASE)
    text = re.sub(r"\btwice\b", "2 times", text, flags=re.IGNORECASE)
    text = re.sub(r"(?:零下|负|\bminus )\s?(?=\d)", " -", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<=\d)\s?per ?cent\b", "%", text, flags=re.IGNORECASE)
    text = _SHARE.sub(_share_of, text)
    text = re.sub(r"(?<=\d)\s?°(?![CFKcf])", " 度", text)
    text = _LIST.sub("、", text)
    text = re.sub(r"([\u4e00-\u9fff])不了(?!解)", r"不能\1", text)
    text = re.sub(rf"每小时(?:约)?\s?({_D}|{ZH_NUMERAL})\s?(?:立方米|立方|方)", r"\1 立方米每小时", text)
    text = re.sub(rf"每分钟\s?({_D}|{ZH_NUMERAL})\s?转", r"\1 转每分钟", text)
    text = _STAMP.sub(r"\1 \2", text)
    text = _UNLIKE.sub(_apart, text)
    text = re.sub(r"(?<=后)方(?=可)", " 方", text)
    text = re.sub(r"四周(?=[各围边留都])", "四边", text)
    text = re.sub(r"(?:周|星期|礼拜)([一二三四五六])(?![周个年])|(?:周|星期|礼拜)([日天])", lambda match: f" 星期{match[1] or '日'} ", text)
    return _BETWEEN.sub(r"\g<a> to ", text)


def _apart(match: re.Match[str]) -> str:
    """ "3,000 kg to 4.8 m" is no range."""
    one, other = canonical_unit(match[2]), canonical_unit(match[4])
    return match.group() if not one or not other or dimension(one) == dimension(other) else f"{match[1]} {match[2]} / {match[3]} {match[4]}"


def _paired_digits(match: re.Match[str]) -> str:
    one, other = parse_number(match["a"]), parse_number(match["b"])
    if one is None or other is None or (match["a"].isdigit() and match["b"].isdigit()):
        return match.group()
    return f"{one}{':' if match['sign'] == '比' else match['sign']}{other}"


def _coins(match: re.Match[str]) -> str:
    value = parse_number(match["z"])
    if value is None:
        return match.group()
    return f"{Decimal(value) / (100 if match['coin'] == '分钱' else 10)}元"


def _share_of(match: re.Match[str]) -> str:
    value = parse_number(match[1])
    return match.group() if value is None else f"{value}%"


def _digits_of(match: re.Match[str]) -> str:
    words = match.group().removesuffix(match["half"] or "")
    value = parse_en(words)
    if value is None or (value < 2 and not match["half"]):
        return match.group()
    return f"{value}.5" if match["half"] else str(value)


def _number(text: str) -> Decimal | None:
    text = re.sub(r"\s", "", text)
    for word, digits in (("million", 1_000_000), ("thousand", 1000)):
        if text.lower().endswith(word):
            base = _number(text[: -len(word)])
            return None if base is None else base * digits
    value = parse_number(text)
    return None if value is None else Decimal(value)


def _small(text: str) -> int:
    return int(text) if text.isdigit() else int(parse_number(text) or 0)


class _Scan:
    """A text that is read piece by piece: what was read is blanked out."""

    def __init__(self, text: str) -> None:
        self.rest = text
        self.found: list[Figure] = []

    def take(self, figure: Figure) -> None:
        self.found.append(figure)
        self.rest = self.rest[: figure.start] + " " * (figure.end - figure.start) + self.rest[figure.end :]


def read_figures(text: str) -> tuple[tuple[Figure, ...], str]:
    """The figures of `text` (normal, folded, simplified) in order with their bounds, and the text with them blanked out."""
    if not re.search(rf"\d|{ZH_NUMERAL}|[半折]|\b(?:an?|one|half|noon|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|https?:|@|[A-Z]-", text, re.IGNORECASE):
        return (), text
    scan = _Scan(text)
    _take_money(scan)
    _take_dates(scan)
    _take_clocks(scan)
    _take_quantities(scan)
    for match in _CODE.finditer(scan.rest):
        scan.take(Figure("code", re.sub(r"[-_/\s]", "", match.group()).lower(), "", *match.span()))
    _take_numbers(scan)
    _take_counts(scan)
    placed = sorted(scan.found, key=lambda figure: figure.start)
    rest = scan.rest
    for figure in placed:
        rest = without_bound(figure, text, rest)
    return tuple(bounded(figure, text) for figure in placed), rest


def _take_money(scan: _Scan) -> None:
    for match in list(_MONEY.finditer(scan.rest)):
        written = match["a"] or match["b"]
        unit = _CURRENCY.get((match["front"] or match["back"]).lower(), "")
        value = _number(written)
        if value is None or not unit or (match["back"] in ("元", "块") and re.match("[素件旦器年]", scan.rest[match.end() :])):
            continue
        other = match["a2"] or match["b2"]
        scan.take(Figure("money", value, unit, *match.span(), high=_number(other) if other else None))


def _take_dates(scan: _Scan) -> None:
    for pattern in _DATES:
        for match in list(pattern.finditer(scan.rest)):
            parts = match.groupdict()
            month = _MONTHS[parts["mon"].lower()] if parts.get("mon") else _small(parts.get("m") or "0")
            day = _small(parts.get("d") or "0")
            if month > 12 or day > 31:
                continue
            start = match.start("mon") if pattern is _DATES[-1] else match.start()
            scan.take(Figure("date", (int(parts.get("y") or 0), month, day), "", start, match.end()))


def _take_clocks(scan: _Scan) -> None:
    for match in list(_CLOCK.finditer(scan.rest)):
        hour = _small(match["h"] or match["h2"] or match["h3"])
        minute = 30 if match["q"] else int(match["min"] or match["min3"] or 0)
        half = (match["half"] or match["half2"] or "").lower()
        if hour > 24 or minute > 59:
            continue
        if (half.startswith("p") or match["zone"] in ("下午", "晚上", "晚", "傍晚")) and hour < 12:
            hour += 12
        scan.take(Figure("clock", (hour, minute), "", *match.span()))
    for match in list(_NOON.finditer(scan.rest)):
        scan.take(Figure("clock", (12, 0), "", *match.span()))


def _take_quantities(scan: _Scan) -> None:
    for match in list(_FOLD.finditer(scan.rest)):
        written = match["n"]
        value = Decimal(written) if written[0].isdigit() else Decimal(_number("".join(written)) or 0)
        value = value * 10 if value < 10 else value
        scan.take(Figure("quantity", 100 - value, "%", *match.span()))
    for match in list(_EXTRA.finditer(scan.rest)):
        low, high = _number(match["low"]), _number(match["high"]) if match["high"] else None
        if low is not None:
            scan.take(Figure("quantity", low, _EXTRA_UNITS[match["unit"].lower()], *match.span(), high=high))
    for match in list(_SPACED.finditer(scan.rest)):
        low, high = _number(match["low"]), _number(match["high"]) if match["high"] else None
        if low is not None:
            scan.take(Figure("quantity", low, {"牛": "N", "瓦时": "Wh"}.get(match["unit"], match["unit"]), *match.span(), high=high))
    for each in find_quantities(scan.rest):
        article = re.match(r"an?\b", each.text, re.IGNORECASE)
        before = scan.rest[max(0, each.start - 12) : each.start].lower()
        if article and re.search(r"(?:\d|times|once|twice|hours|days|%|fee|price|per)\s*$", before):
            continue
        # "in" and quotation marks behind a number are rarely inches
        if each.unit == "inch" and re.search(r"(?:\bin|\")$", each.text):
            continue
        scan.take(Figure("quantity", each.value, each.unit, each.start, each.end, high=each.high))


def _take_numbers(scan: _Scan) -> None:
    for match in list(_STUCK.finditer(scan.rest)):
        low = _number(match["low"])
        if low is not None:
            scan.take(Figure("quantity", low, match["unit"].lower(), *match.span()))
    for match in list(_ORDINAL.finditer(scan.rest)):
        scan.take(Figure("ordinal", Decimal(_small(match["z"] or match["e"])), "", *match.span()))
    mentions = find_numbers(scan.rest)
    taken: list[Figure] = []
    for each in mentions:
        if each.value == 1 and not each.text[:1].isdigit():
            continue
        if each.kind == "percent":
            taken.append(Figure("quantity", Decimal(each.value), "%", each.start, each.end))
        elif each.kind == "fraction":
            taken.append(Figure("quantity", Decimal(each.value) * 100, "%", each.start, each.end))
        else:
            taken.append(Figure("number", Decimal(each.value), "", each.start, each.end))
    for figure in taken:
        scan.take(figure)
    for match in list(re.finditer(rf"(?<![A-Za-z0-9.])(?:{_D})", scan.rest)):
        low = _number(match.group())
        if low is not None:
            scan.take(Figure("number", low, "", *match.span()))


_COUNTS = {
    "pc": "个 只 台 件 套 条 支 把 张 根 枚 颗 组 pieces piece pcs units unit items item ea sets set",
    "box": "箱 盒 boxes box cartons carton cases",
    "bag": "袋 包 bags bag packs pack sachets",
    "bottle": "瓶 bottles bottle",
    "drum": "桶 drums drum barrels",
    "roll": "卷 rolls roll",
    "person": "人 位 名 people persons person participants guests",
    "time": "次 回 times",
    "pallet": "托 托盘 pallets pallet",
    "sheet": "片 sheets slices tiles",
    "jar": "罐 jars jar cans",
    "tablet": "粒 tablets tablet pills",
    "order": "单 orders",
    "photo": "photos photographs pictures",
    "meal": "餐 顿 meals",
    "cup": "杯 cups cup",
    "pair": "双 对 副 pairs pair",
    "bed": "床",
    "key": "份 copies copy",
}
_COUNT_OF = {word: name for name, words in _COUNTS.items() for word in words.split()}
_COUNT_ZH = "|".join(word for word in _COUNT_OF if word > "z")
_COUNT_EN = "|".join(sorted((word for word in _COUNT_OF if word < "{"), key=len, reverse=True))
_COUNT = re.compile(rf"\s?(?P<zh>{_COUNT_ZH})(?!\w*[头月星])|\s(?P<en>{_COUNT_EN})\b", re.IGNORECASE)


def _take_counts(scan: _Scan) -> None:
    """The measure word behind a bare number belongs to it: ten bags are not ten boxes."""
    for at, figure in enumerate(scan.found):
        match = _COUNT.match(scan.rest, figure.end) if figure.kind == "number" else None
        if match:
            # an English noun stays a word of the statement, a Chinese measure word is none
            end = match.end() if match["zh"] else figure.end
            scan.found[at] = replace(figure, unit=_COUNT_OF[(match["zh"] or match["en"]).lower()], end=end)
            scan.rest = scan.rest[: figure.start] + " " * (end - figure.start) + scan.rest[end:]

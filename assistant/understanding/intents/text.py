"""Customer text as the intent model sees it: things with a number become tags, the company's words become kinds; no statistics and no meaning.

A text has two views. The *semantic* view goes to the sentence encoder: order numbers, models and dates are replaced by fixed ones, because the encoder
is unsettled by numbers it does not know. The *features* are n-grams of the same text with tags in place of those things and of the company's own words
(its products, families, attributes), so that what is learnt from the examples holds in any trade. Examples carry placeholders ({order}, {product} …)
that are filled with the company's words before they are learnt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.text.fold import fold
from assistant.text.script import to_simplified

Words = Mapping[str, tuple[str, ...]]

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_FILL: Mapping[str, Words] = {
    "order": {"": ("12345", "#20871", "30412")},
    "product": {"": ("A-100", "KX-20", "T-7")},
    "family": {"zh": ("设备", "机器", "产品"), "en": ("machine", "unit", "device")},
    "attribute": {"zh": ("尺寸", "重量", "功率"), "en": ("size", "weight", "power")},
    "part": {"zh": ("配件", "零件"), "en": ("part", "accessory")},
    "date": {"zh": ("6月15日", "下周三", "6/20", "2026-06-18", "月底"), "en": ("June 15", "next Friday", "6/20", "2026-06-18", "the 24th")},
    "quantity": {"": ("20", "5", "8", "100", "3", "12")},
    "spec": {"zh": ("30米", "20立方每小时", "1.6MPa", "380V", "50公斤"), "en": ("30 m", "20 m3/h", "1.6 MPa", "400 V", "50 kg")},
    "address": {
        "zh": (
            "苏州工业园区星湖街8号",
            "深圳宝安区仓库",
            "无锡新厂",
            "青岛分公司",
            "成都高新区天府大道100号",
            "天津港",
            "武汉分厂",
            "重庆",
            "东莞松山湖园区3栋",
        ),
        "en": (
            "14 Canal Rd, Leeds",
            "Houston",
            "900 Elm Street, Tulsa OK 74101",
            "our Munich warehouse",
            "Denver CO",
            "Rotterdam",
            "Milan",
            "the Prague site",
            "Chicago IL",
        ),
    },
    "phone": {"": ("13912345678", "+1 512 555 0134")},
    "email": {"": ("anna@example.com",)},
    "money": {"zh": ("1500", "850元", "两万"), "en": ("$1,450", "900", "1500 USD")},
    "tracking": {"": ("SF1234567890", "YT20394857")},
    "company": {"zh": ("宁波恒通机电有限公司", "新力设备公司"), "en": ("Brightline Ltd", "Acme Industries GmbH")},
    "contact": {"zh": ("小陈", "赵敏"), "en": ("Anna", "Tom Reed")},
    "serial": {"": ("20240611-03", "A100-2231")},
    "code": {"": ("E04", "F12")},
    "tax": {"": ("91320594MA1XYZ2B3C", "GB123456789")},
    "tax_id": {"": ("91320594MA1XYZ2B3C", "GB123456789")},
}
PLACEHOLDERS = frozenset(_FILL)
_STRANGE = "Q-70"  # every fourth product of the examples is one the catalogue does not know

_ZH_NUMBER = "[一二两三四五六七八九十百千万半几]"
_ZH_MEASURE = "[台个件套只箱条根支把卷桶袋包批组块片盒]"
_MONTHS = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t|tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_WEEKDAYS = "mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs?|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_EN_NUMBER = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred|(?:a |half a )?dozen|a couple of|half"
_UNIT = (
    r"(?:m3/h|m³/h|m3|m³|mm|cm|km|m|kg|g|t|mpa|kpa|bar|psi|kw|w|kv|v|ma|a|hz|rpm|r/min|hp|l/min|l/s|l|ml|db|inch(?:es)?|in|ft|feet|metres?|meters?|mtrs?|volts?"
    r"|amps?|watts?|cubes|gpm|degrees?|°c|℃|°f|米|公里|厘米|毫米|公斤|千克|吨|兆帕|公斤压力|千瓦|瓦|伏|安|转|立方|方|升|度|寸|分贝|赫兹)"
    r"(?:每小时|每分钟|/h|/小时|/时| an hour| per hour)?"
)
_FIXED: tuple[tuple[str, str], ...] = (
    ("email", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ("link", r"https?://\S+|www\.\S+"),
    ("tracking", r"(?<![a-z0-9])(?:sf|yt|jd|zto|sto|dhl|ups|ems|1z)\s?[a-z0-9]*\d{6,}[a-z0-9]*"),
    (
        "taxid",
        r"(?<![a-z0-9-])(?=[a-z0-9]*\d{6})(?=[a-z0-9]*[a-z])[0-9a-z]{15,20}(?![a-z0-9-])"
        r"|(?<![a-z0-9])[a-z]{2}\d{8,12}(?![a-z0-9])|(?<!\d)\d{15}(?!\d)|(?<!\d)\d{18}(?!\d)",
    ),
    ("phone", r"(?<![\d.+])\+\d[\d -]{7,}\d|(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)|(?<!\d)\d{3}-\d{3}-\d{4}(?!\d)"),
    (
        "address",
        r"(?<![a-z0-9#-])\d{1,5}[a-z]?,? (?:[a-z.']+ ){1,3}(?:st|street|ave|avenue|rd|road|blvd|boulevard|dr|drive|ln|lane|way|pkwy|parkway|hwy|highway"
        r"|court|ct|square|sq|terrace|place|quay)\b(?:,? (?:suite|unit|dock|building|bldg) ?#?\w+)?(?:, [a-z]+(?: [a-z]+)?)?"
        r"(?:,? [a-z]{2}(?= \d{5}))?(?: \d{5})?"
        r"|(?<![a-z])[a-z]+(?:str\.?|straße|strasse|weg|allee|platz|damm) \d{1,4}[a-z]?(?:, \d{5} [a-z]+)?"
        r"|[\u4e00-\u9fff]{2,3}(?:路|街|大道|巷|弄)\d+号(?:[\u4e00-\u9fff\d]{0,6}(?:栋|幢|楼|室|号楼|单元|车间))?",
    ),
    ("products", ""),
    ("orders", ""),
    (
        "date",
        rf"(?<!\d)(?:19|20)\d\d\s?[-/.年]\s?\d{{1,2}}\s?(?:[-/.月]\s?\d{{1,2}}\s?[日号]?)?"
        rf"|\d{{1,2}}\s?月\s?\d{{1,2}}\s?[日号]?|\d{{1,2}}月[底初中]?|{_ZH_NUMBER}+月(?:{_ZH_NUMBER}+[日号]?|[底初中])?"
        rf"|(?<![\d.a-z-])\d{{1,2}}\s?[号日](?![楼门线车库泵机栋厂仓])|{_ZH_NUMBER}{{1,3}}[号日](?![楼门线车库泵机栋厂仓])|(?<![\d/.-])\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?(?![\d/])"
        rf"|(?<![a-z])(?:{_MONTHS})\b\.? ?\d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?"
        rf"|(?<![\d.])\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b(?:,? \d{{4}})?|(?<![\d.a-z])\d{{1,2}}(?:st|nd|rd|th)\b"
        rf"|(?:下下|下|这|本|上)?个?(?:周|星期|礼拜)[一二三四五六日天末](?!期)|(?:下|上|这|本)个?(?:周|星期|礼拜|月)[底初中]?|大?后天|明[天早晚]|月[底初中]|年底"
        rf"|(?<![a-z])(?:(?:next|this|coming|following|last) )?(?:{_WEEKDAYS})(?![a-z])|(?<![a-z])(?:next|this|last|following) (?:week|month|year)\b"
        r"|(?<![a-z])tomorrow\b|(?<![a-z])end of (?:the |this |next )?month\b",
    ),
    (
        "span",
        rf"(?:\d+|{_ZH_NUMBER}+)个?(?:天|周|星期|礼拜|月|工作日|年|小时)(?:以后|之后|后|内|以内|之内)?"
        rf"|(?<![a-z0-9])(?:\d+|an?|{_EN_NUMBER}) (?:more |working |business )?(?:days?|weeks?|months?|years?|hours?)\b",
    ),
    ("money", r"(?:us)?[$€£¥]\s?\d[\d,.]*\s?[km万]?|(?<![\d.a-z])\d[\d,.]*\s?(?:元|块钱?|万元?|usd|rmb|eur|euros?|dollars?|bucks|cny|美元|欧元)(?![a-z])"),
    ("percent", r"\d+(?:\.\d+)?\s?(?:%|percent\b|per cent\b|个?点(?!钟))"),
    ("measure", rf"(?<![\d.a-z])\d+(?:[.,~–-]\d+)*\s?{_UNIT}(?![a-z0-9])"),
    ("code", r"(?<![a-z0-9])[a-z]{1,5}-?\d{1,6}(?:-\d{1,6})?[a-z]{0,2}(?![a-z0-9])"),
    ("year", r"(?<!\d)(?:19|20)\d\d(?!\d)"),
    # four digits before a measure word or a plural are a number of things, not of an order
    ("longnum", rf"(?:#|no\.? ?|po ?#?)?(?<![\d.])(?!\d{{4}}(?:\s?{_ZH_MEASURE}| ?(?:pcs|[a-z]{{3,}}s)\b))\d{{4,12}}(?!\.?\d)"),
    (
        "num",
        rf"\d+(?:[.,]\d+)*|(?<=[改加减退少多要成买订换有到共])[一两二三四五六七八九十百]+(?={_ZH_MEASURE})"
        rf"|{_ZH_NUMBER}+(?={_ZH_MEASURE})|(?<![a-z])(?:{_EN_NUMBER})(?![a-z])",
    ),
)
_SEMANTIC = {
    "email": "a@b.com", "link": "www.a.com", "tracking": "SF1000000000", "taxid": "91320000MA1AAAAA0A", "phone": "13800000000", "product": "A-100",
    "order": "12345", "code": "A-100", "longnum": "12345", "money": "$100", "percent": "10%", "measure": "10 m", "num": "10",
}  # fmt: skip
_WORDY = {"date", "num", "product"}
_SAID = {"span", "year"}
_LIKE = {"date": {True: "6月15日", False: "June 15"}, "address": {True: "人民路10号", False: "10 Main Street"}}  # in Chinese text, in other text
_HAN = re.compile("[\u4e00-\u9fff]")
_TOKEN = re.compile(r"‹[a-z]+›|[a-z]+(?:'[a-z]+)?|[\u4e00-\u9fff]+|[?!？！]")
_LATIN = re.compile(r"[a-z]+(?:'[a-z]+)?")
_SHORT = 4  # a message of at most three digits is said for its sound or its place in a list
_CHAR_GRAMS = (3, 4, 5)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one company. `skus` fill examples, `products` (SKUs, names, aliases) are recognised; the rest are words per language; `orders` are
    example order numbers and `order_pattern` a regular expression of one ("" = five digits and more)."""

    skus: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    families: Words = field(default_factory=dict)
    attributes: Words = field(default_factory=dict)
    parts: Words = field(default_factory=dict)
    orders: tuple[str, ...] = ()
    order_pattern: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A text for the encoder and its n-grams (repeats kept)."""

    semantic: str
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tagger:
    """Compiled patterns of one company; `known` are the Latin words of its examples, towards which misspelt words are corrected."""

    things: re.Pattern[str]
    kinds: re.Pattern[str] | None
    kind_of: Mapping[str, str]
    known: frozenset[str] = frozenset()
    by_letter: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def unknown_placeholders(example: str) -> tuple[str, ...]:
    """The placeholders of an example that nothing fills."""
    return tuple(name for name in _PLACEHOLDER.findall(example) if name not in _FILL)


def placeholders() -> tuple[str, ...]:
    """What an example may leave open."""
    return tuple(_FILL)


def fill(example: str, vocabulary: Vocabulary, *, language: str, seed: int) -> str:
    """An example with its placeholders filled: the company's words first, else neutral ones; `seed` turns the wheel, the same seed the same words."""
    count = 0

    def word(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        turn = seed + 3 * (count - 1)
        name = match.group(1)
        pool = _pool(name, vocabulary, language)
        if name == "product" and turn % 4 == 3:
            return _STRANGE
        return pool[turn % len(pool)] if pool else match.group()

    return _PLACEHOLDER.sub(word, example)


def _pool(name: str, vocabulary: Vocabulary, language: str) -> tuple[str, ...]:
    own: Mapping[str, Words] = {
        "product": {"": vocabulary.skus}, "order": {"": vocabulary.orders}, "family": vocabulary.families, "attribute": vocabulary.attributes,
        "part": vocabulary.parts,
    }  # fmt: skip
    for words in (own.get(name, {}), _FILL.get(name, {})):
        found = words.get(language) or words.get("")
        if found:
            return found
    return ()


def make_tagger(vocabulary: Vocabulary, *, known: Iterable[str] = ()) -> Tagger:
    """The patterns of a company. `known` are words that are spelt right."""
    patterns = dict(_FIXED) | {"products": _phrases(vocabulary.products), "orders": _order_pattern(vocabulary)}
    things = "|".join(f"(?P<{name}>{pattern})" for name, pattern in patterns.items() if pattern)
    kind_of: dict[str, str] = {}
    for kind, words in (("part", vocabulary.parts), ("family", vocabulary.families), ("attribute", vocabulary.attributes)):
        kind_of.update({_plain(word): kind for found in words.values() for word in found})
    phrases = _phrases(kind_of)
    right = frozenset(known)
    letters: dict[str, list[str]] = {}
    for word in sorted(right):
        letters.setdefault(word[0], []).append(word)
    by_letter = {letter: tuple(found) for letter, found in letters.items()}
    return Tagger(re.compile(things), re.compile(phrases) if phrases else None, kind_of, right, by_letter)


def _order_pattern(vocabulary: Vocabulary) -> str:
    pattern = vocabulary.order_pattern.strip("^$") or r"\d{5,12}"
    inner = _lower(re.sub(r"-(?![^\[]*\])", "[-_ ]?", pattern))
    return rf"(?:#|no\.? ?|po ?#?|(?<![a-z0-9.-]))(?:{inner})(?![a-z0-9])(?!\.\d)"


def _lower(pattern: str) -> str:
    """A regular expression in lower case, its escapes left as they are."""
    return re.sub(r"\\.|[^\\]+", lambda match: match.group() if match.group()[0] == "\\" else match.group().lower(), pattern)


def _phrases(words: Iterable[str]) -> str:
    """An alternation of phrases, longest first, each bounded where it begins or ends in a letter or digit."""
    plain = sorted({_plain(word) for word in words if word.strip()}, key=lambda word: (-len(word), word))
    return "|".join(_bounded(word) for word in plain)


def _bounded(word: str) -> str:
    inner = re.escape(word).replace(r"\-", "[- ]?").replace(r"\ ", "[- ]?")
    before = "(?<![a-z0-9])" if word[0].isascii() and word[0].isalnum() else ""
    after = "(?![0-9])s?(?![a-z])" if word[-1].isascii() and word[-1].isalnum() else ""
    return f"{before}{inner}{after}"


def _plain(text: str) -> str:
    return to_simplified(fold(text)).lower().strip()


_NAMES = {"products": "product", "orders": "order"}


def view(text: str, tagger: Tagger) -> View:
    """Both views of a text. Traditional characters count as simplified ones."""
    plain = _spell(_plain(text), tagger)
    if plain.isdigit() and len(plain) < _SHORT:
        return View(plain, (plain, f"^ {plain}", f"{plain} $", f"^ {plain} $"))
    zh = bool(_HAN.search(plain))

    said: list[str] = []
    tagged: list[str] = []
    at = 0
    for match in tagger.things.finditer(plain):
        name = match.lastgroup or ""
        name = _NAMES.get(name, name)
        between = plain[at : match.start()]
        said += (between, _replaced(match.group(), name, zh=zh))
        tagged += (between, f"‹{name}›")
        at = match.end()
    return View("".join([*said, plain[at:]]), tuple(_features("".join([*tagged, plain[at:]]), tagger)))


def _replaced(word: str, name: str, *, zh: bool) -> str:
    """What the encoder reads for a thing: its like of a fixed form, or the words themselves where they mean something ("tomorrow", "two")."""
    if name in _SAID or (name in _WORDY and not any(char.isdigit() for char in word)):
        return word
    return _LIKE[name][zh] if name in _LIKE else _SEMANTIC[name]


def _spell(plain: str, tagger: Tagger) -> str:
    """Long Latin words that no example knows, put right when one known word differs by a swap or by a letter too many or too few inside the word.

    Another letter in a place, or another ending, is more often another word (priming, pricing; supposed, suppose).
    """
    if not tagger.known:
        return plain
    return _LATIN.sub(lambda match: _right(match.group(), tagger), plain)


def _right(word: str, tagger: Tagger) -> str:
    if len(word) < 6 or word in tagger.known:
        return word
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    best = extractOne(word, tagger.by_letter.get(word[0], ()), scorer=OSA.distance, score_cutoff=1)
    if best is None:
        return word
    right = str(best[0])
    swapped = sorted(right) == sorted(word)
    return right if swapped or (len(right) != len(word) and right[-1] == word[-1] and right[-2:] == word[-2:]) else word


def _features(tagged: str, tagger: Tagger) -> list[str]:
    """Word n-grams of Latin text and tags, character n-grams of Chinese (1 to 3 each), and parts of Latin words (3 to 5 letters) that forgive typing errors."""
    extra: list[str] = []

    def kind(match: re.Match[str]) -> str:
        word = match.group()
        found = tagger.kind_of.get(word) or tagger.kind_of.get(word.removesuffix("s"), "family")
        extra.append(f"w:{word}")
        return f"‹{found}›"

    text = tagger.kinds.sub(kind, tagged) if tagger.kinds else tagged
    tokens: list[str] = ["^"]
    for token in _TOKEN.findall(text):
        if _HAN.match(token):
            tokens.extend(token)
        else:
            tokens.append({"？": "?", "！": "!"}.get(token, token))
            if token[0].isalpha():
                padded = f"_{token}_"
                extra.extend(f"c:{padded[at : at + size]}" for size in _CHAR_GRAMS for at in range(len(padded) - size + 1))
    tokens.append("$")
    grams = tokens[1:-1]
    grams += [" ".join(tokens[at : at + size]) for size in (2, 3) for at in range(len(tokens) - size + 1)]
    return grams + extra


def signature() -> str:
    """Changes whenever the same example would be seen differently."""
    return repr((_FIXED, _SEMANTIC, _LIKE, sorted(_WORDY), sorted(_SAID), _TOKEN.pattern, _CHAR_GRAMS))


def latin_words(texts: Iterable[str]) -> frozenset[str]:
    """The Latin words of texts, in lower case: what counts as spelt right."""
    return frozenset(word for text in texts for word in _LATIN.findall(_plain(text)) if len(word) > 1)

"""Which words of a message only repeat what the preview shows: a part of an address or a name, its weekday, an amount of money, a word a value goes by.

What is equal is harmless and what is not stays in the message, where nothing covers it. No judgement of messages, and no company's words: those come with
what the preview shows (`words`, `money` in minor units and its `currency`, the texts of `address`, `title` and `text`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from assistant.types import Json, Slot
from assistant.understanding.slots.lexicon import plain

Shown = Mapping[str, tuple[Json, ...]]
Span = tuple[int, int]

_NAMED = ("address", "title")
_TOKEN = re.compile(r"[a-z]+|[0-9]+|[\u3400-\u9fff]", re.ASCII)
# words that carry a condition, a doubt or a denial are no repetition, whoever wrote them first
_DENYING_LISTED = """
no not never dont doesnt isnt cant wont without if but unless only except until once when before after or either maybe other another wrong old new half
"""
_DENYING = frozenset(_DENYING_LISTED.split())
_SMALL_LISTED = """
the a an of in on at to for by with and is are was it its this that we i you they my our your street road avenue drive lane boulevard building floor unit suite
room dock gate zip industrial park number north south east west 仓库 号楼 大道 园区 工业 公司 有限 号仓 单元 大厦 厂区
"""
_SMALL = frozenset(_SMALL_LISTED.split())
_NO_PART = frozenset("不没别未非勿吗呢吧么先再等但如若要改换退除只仅才或旧老原前后先")
_LEAST_WORD, _LEAST_NUMBER, _LEAST_HAN = 4, 3, 2
_PLACE = r"(?:site|warehouse|office|plant|factory|branch|depot|yard|address|location|store|facility|hub)"
_AMOUNT = re.compile(
    r"(?:(?:us|hk)?[$€£¥￥]|\b(?:rmb|cny|usd|eur|gbp))?\s?(?<![\d.,])(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)(?![\d,]*\d|\.\d)"
    r"\s?(?:元|块钱?|人民币|美元|美金|欧元?|英镑|港币|港元|日元|yuan|rmb|cny|usd|hkd|gbp|jpy|yen|pounds?|dollars?|bucks|euros?|eur|[€¥£])?"
)
_MONEYED = re.compile(r"[$€£¥￥元块]|yuan|rmb|cny|usd|dollar|buck|eur|gbp|人民币")
# the currencies that a word for money may stand for
_CURRENCIES = {
    "EUR": re.compile(r"€|\beuro?s?\b|(?<=\d)euro?s?\b|欧"), "GBP": re.compile(r"£|gbp|pound|英镑"), "USD": re.compile(r"(?<!hk)\$|usd|dollar|buck|美"),
    "HKD": re.compile(r"hk|港"), "CNY": re.compile(r"[¥￥]|yuan|rmb|cny|人民币|块|(?<![美欧港日])元"), "JPY": re.compile(r"jpy|yen|日元"),
}  # fmt: skip
_ANY_DOLLAR = re.compile(r"(?<!us)(?<!hk)\$|\bdollar|\bbuck")
_WEEKDAY = re.compile(r"(?:on |by )?(mon|tues|wednes|thurs|fri|satur|sun)day|(?:周|星期|礼拜)([一二三四五六日天])")
_DAYS_EN = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_DAYS_ZH = "一二三四五六日"
_NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
    *("seventeen", "eighteen", "nineteen"),
)
_TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
# what the reader of names takes for one behind "抬头" or "the name", and is said of it
_NO_NAME = re.compile(
    r"(?:都|也|是|全|就|均|完全|这些|信息|和|跟|以及|税号|没有|有|就是|这个|写的|确认|核对)*(?:对|没错|正确|没问题|无误|准确|可以|行|确认|核对过|ok)(?:的|了|"
    r"哈|啊)*|"
    r"(?:(?:and|the|tax|id|number|is|are|all|both|also|as|above|address|looks?) )*(?:correct|right|fine|ok|okay|good|accurate|perfect|confirmed|great|above)"
)


def said_again(simple: str, shown: Shown) -> list[Span]:
    """The spans of a message, in lower case and simplified characters, that repeat words or amounts of what is `shown`."""
    spans = [
        *_words(simple, shown.get("words", ())),
        *_amounts(simple, shown.get("money", ()), shown.get("currency", ())),
        *_counts(simple, shown),
        *_shares(simple, shown.get("percent", ())),
    ]
    for kind in _NAMED:
        for value in shown.get(kind, ()):
            spans += _parts(simple, str(value))
    return spans


def repeats(slot: Slot, shown: Shown) -> bool:
    """Whether a mention is a rendering of a shown value that reads as another one: a part of an address or name, the weekday alone of a shown date."""
    if slot.note == "ambiguous":
        return False
    if slot.name == "date":
        return bool(_weekday_of(slot, shown))
    if slot.name not in _NAMED:
        return False
    said = _tokens(re.sub(rf"(?<=[a-z]) {_PLACE}$", "", plain(str(slot.value))))
    return bool(said) and any(_in_order(said, _tokens(plain(str(value)))) for value in shown.get(slot.name, ()))


def in_full(slots: Sequence[Slot], shown: Shown) -> tuple[Slot, ...]:
    """The mentions, those that repeat a shown value in short with that value, and none that only says that a name is right."""
    found = []
    for slot in slots:
        if slot.name == "title" and _NO_NAME.fullmatch(plain(str(slot.value)).strip()):
            continue
        if slot.name in shown and repeats(slot, shown):
            day = _weekday_of(slot, shown)
            slot = replace(slot, value=day or next(value for value in shown[slot.name] if repeats(slot, {slot.name: (value,)})))
        found.append(slot)
    return tuple(found)


def denies(text: str) -> bool:
    """Whether words carry a condition, a doubt or a denial, so that they are no mere repetition."""
    return bool(_DENYING & set(_tokens(text)) or _NO_PART & set(text))


def _weekday_of(slot: Slot, shown: Shown) -> str:
    """The one shown date that a bare weekday names; "" when it says more or another day."""
    match = _WEEKDAY.fullmatch(plain(slot.text).strip())
    if slot.name != "date" or match is None:
        return ""
    index = _DAYS_EN.index(match[1]) if match[1] else _DAYS_ZH.index(match[2].replace("天", "日"))
    days = [value for value in shown.get("date", ()) if isinstance(value, str)]
    return days[0] if len(days) == 1 and date.fromisoformat(days[0]).weekday() == index else ""


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _inside(part: Sequence[str], whole: Sequence[str]) -> bool:
    return any(list(whole[at : at + len(part)]) == list(part) for at in range(len(whole) - len(part) + 1))


def _in_order(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether all of `part` stands in `whole` in its order, which may say more between."""
    rest = iter(whole)
    return all(token in rest for token in part)


def _words(simple: str, words: Sequence[Json]) -> Iterator[Span]:
    """Where a word stands that a shown value goes by ("unopened"); not inside a longer word nor behind a denial."""
    for word in sorted({plain(str(word)) for word in words}, key=len, reverse=True):
        edge = r"(?<![a-z])", r"(?![a-z])"
        pattern = re.escape(word).replace("'", "['’]?")
        for match in re.finditer(f"{edge[0]}{pattern}{edge[1]}" if word.isascii() else pattern, simple):
            if not re.search(r"(?:不|没|没有|未|别|\bnot|n't|\bnever|\bno)\s?$", simple[: match.start()]):
                yield match.span()


def _amounts(simple: str, amounts: Sequence[Json], currencies: Sequence[Json] = ()) -> Iterator[Span]:
    """Amounts of money that equal a shown one, with or without its currency; a bare one of less than three digits may be anything."""
    known = {int(value) for value in amounts if isinstance(value, int) and not isinstance(value, bool)}
    for match in _AMOUNT.finditer(simple):
        units, _, rest = match[1].replace(",", "").partition(".")
        minor = int(units) * 100 + int(rest.ljust(2, "0") or 0)
        if currencies and not _named(match.group()) <= set(map(str, currencies)):
            continue
        if minor in known and (len(units) >= _LEAST_NUMBER or _MONEYED.search(match.group())):
            start, end = match.span()
            blank = len(match.group()) - len(match.group().lstrip())
            yield start + blank, end - (len(match.group()) - len(match.group().rstrip()))


def _named(amount: str) -> set[str]:
    """The currencies that an amount is said in; none where it says none, or a sign that several share."""
    return {code for code, pattern in _CURRENCIES.items() if pattern.search(_ANY_DOLLAR.sub(" ", amount))}


def _counts(simple: str, shown: Shown) -> Iterator[Span]:
    """Bare numbers that equal a shown number of pieces."""
    listed = [item for value in shown.get("items", ()) if isinstance(value, list | tuple) for item in value if isinstance(item, Mapping)]
    counts = {value for value in (*shown.get("quantity", ()), *(item.get("quantity") for item in listed)) if isinstance(value, int)}
    for match in re.finditer(r"(?<![a-z0-9.,/:#-])\d{1,6}(?![a-z0-9.,/:%-]*\d| ?[%/:号日月年点时天周折成])", simple):
        if int(match.group()) in counts:
            yield match.span()
    spelt = {name for count in counts for name in _spelt(count)}
    if spelt:
        for match in re.finditer(rf"\b(?:{'|'.join(sorted(sorted(spelt), key=len, reverse=True))})\b", simple):
            yield match.span()


def _shares(simple: str, shares: Sequence[Json]) -> Iterator[Span]:
    """Percentages that equal a shown one."""
    for match in re.finditer(r"(?<![a-z0-9.,-])(\d{1,3}(?:\.\d+)?) ?(?:%|per ?cent|个点)", simple):
        if any(isinstance(share, int | float) and not isinstance(share, bool) and float(match[1]) == float(share) for share in shares):
            yield match.span()


def _spelt(count: int) -> Iterator[str]:
    """A number in English words, from two: "one" stands for things as well."""
    if count == 2:
        yield "both"
    if 2 <= count < 20:
        yield _NUMBERS[count]
    elif count < 100 and count % 10 == 0 and count:
        yield _TENS[count // 10]
    elif 20 < count < 100:
        yield f"{_TENS[count // 10]}[ -]{_NUMBERS[count % 10]}"


def _parts(simple: str, value: str) -> Iterator[Span]:
    """The longest runs of a message's tokens that stand in a shown text one after the other and say something of it."""
    whole = _tokens(plain(value))
    said = list(_TOKEN.finditer(simple))
    at = 0
    while at < len(said):
        length = 0
        while at + length < len(said) and _inside([match.group() for match in said[at : at + length + 1]], whole):
            length += 1
        run = [match.group() for match in said[at : at + length]]
        if run and _telling(run) and _unbroken(simple, said[at : at + length]):
            yield said[at].start(), said[at + length - 1].end()
        at += max(1, length)


def _unbroken(simple: str, run: Sequence[re.Match[str]]) -> bool:
    return all(re.fullmatch(r"[\s,，.#()（）-]*", simple[left.end() : right.start()]) for left, right in pairwise(run))


def _telling(run: Sequence[str]) -> bool:
    """Whether a run of shown tokens is more than words that stand anywhere."""
    if denies(" ".join(run)) or set(run) <= _SMALL or "".join(run) in _SMALL:
        return False
    han = sum(1 for token in run if not token.isascii())
    return han >= _LEAST_HAN or any(len(token) >= (_LEAST_NUMBER if token.isdigit() else _LEAST_WORD) for token in run if token.isascii())

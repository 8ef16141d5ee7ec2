"""Judges sentences before a customer reads them: every figure has a source, nothing is called done without proof, the language is the customer's; pure.

It compares by rule (numbers, dates, product names, words of completion), because vectors are nearly blind to exactly these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from assistant.text.numbers import find_numbers
from assistant.types import Citation, Json, Language, Sentence

_MONTHS = {name: number for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)(?:T[\d:.+\-Z]+)?")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?!\d)")
_ZH_DATE = re.compile(r"(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號]")
_EN_DATE = re.compile(r"\b(\d{1,2})\s+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+(\d{4}))?\b", re.I)
_TOKEN = re.compile(r"[A-Za-z]+[-/]?\d[\w-]*|\b[A-Z]{1,4}-[\w-]+")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_DONE = re.compile(
    r"已(?:经)?(?:为您|帮您)?(?:更新|取消|修改|改为|改好|登记|提交|办理|办好|退款|预约|安排|创建|完成)|(?:更新|修改|取消|退款|登记|提交)(?:成功|完毕)"
    r"|\b(?:is|are|was|were|has been|have been|'ve|i have|we have)\s+(?:now\s+)?"
    r"(?:updated|changed|cancelled|canceled|refunded|booked|registered|submitted|rescheduled|done)\b"
    r"|^\s*(?:done|updated|cancelled|canceled)\b|\ball set\b",
    re.I,
)
_NEGATED = re.compile(
    r"\b(?:nothing|not|never|no longer|cannot|can't|isn't|wasn't|haven't|hasn't)\b[^.;,]{0,30}?"
    r"\b(?:updated|changed|cancelled|canceled|refunded|booked|registered|submitted|done)\b"
    r"|(?:没有|没|未|尚未|还没|不再|不能|无法)[^，。；]{0,6}(?:更新|取消|修改|改|登记|提交|办理)",
    re.I,
)
_PROMISE = re.compile(r"(?:会|将)[^。；]{0,12}(?:致电|回电|联系您|回复您|打给您)|\b(?:will|'ll)\s+(?:call|phone|e-?mail|contact|get back to)\b", re.I)
_STATUS = re.compile(r"状态|\bstatus\b|目前|现在是", re.I)
_POLICY = re.compile(r"必须|不得|不能|期限|免费|仅限|\b(?:must|only|within|free of charge|not allowed|cannot|can't|non-?refundable)\b", re.I)


@dataclass(frozen=True, slots=True)
class Sources:
    """What may support a figure: texts of passages, records read in this conversation, confirmed values and rule values (JSON), the clock, known SKUs.

    `statuses` are the words for a state an order read in this turn is in: they may be said as a status though they sound like "done".
    """

    passages: tuple[str, ...] = ()
    records: tuple[Json, ...] = ()
    values: tuple[Json, ...] = ()
    now: datetime | None = None
    products: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """Sentences that may leave, and those that may not with the reason: number, date, product, mismatch, done, promise, policy, language."""

    kept: tuple[Sentence, ...]
    blocked: tuple[tuple[Sentence, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Sources taken apart: numbers, dates, and the text they stand in (for names)."""

    numbers: frozenset[Decimal]
    dates: frozenset[date]
    text: str
    days: frozenset[tuple[int, int]] = field(default=frozenset())


def verify(sentences: Sequence[Sentence], sources: Sources, *, language: Language, done_allowed: bool, strict: bool = False) -> Verification:
    """Sorts sentences into those that may leave and those that may not.

    `done_allowed`: this turn has a receipt. `strict`: the sentences answer from documents, so one that states a policy needs a citation of its own.
    """
    shared = evidence_of(sources)
    kept: list[Sentence] = []
    blocked: list[tuple[Sentence, str]] = []
    for sentence in sentences:
        reason = fault(sentence, sources, shared, language=language, done_allowed=done_allowed) or (_overstated(sentence, sources) if strict else "")
        if reason:
            blocked.append((sentence, reason))
        else:
            kept.append(sentence)
    return Verification(tuple(kept), tuple(blocked))


def fault(sentence: Sentence, sources: Sources, shared: Evidence, *, language: Language, done_allowed: bool) -> str:
    """Why a sentence may not leave; "" when it may."""
    quotes = tuple(citation.quote for citation in sentence.citations)
    evidence = _joined(shared, evidence_of(Sources(passages=quotes))) if quotes else shared
    rest, dates = take_dates(sentence.text)
    if any(not _dated(found, evidence) for found in dates):
        return "date"
    known = set(sources.products)
    tokens = _TOKEN.findall(rest)
    if any(token not in known and token not in evidence.text for token in tokens):
        return "product"
    if any(number not in evidence.numbers for number in numbers_in(_TOKEN.sub(" ", rest))):
        return "number"
    if not done_allowed and _DONE.search(_NEGATED.sub(" ", sentence.text)) and not _is_status(sentence.text, sources):
        return "done"
    if not done_allowed and _PROMISE.search(sentence.text):
        return "promise"
    return "" if _in_language(sentence, language) else "language"


def _overstated(sentence: Sentence, sources: Sources) -> str:
    """What an answer from documents says beyond its citations: a policy without one, or a figure of another product."""
    if not sentence.citations and _POLICY.search(sentence.text):
        return "policy"
    rest, _ = take_dates(sentence.text)
    products = [token for token in _TOKEN.findall(rest) if token in sources.products]
    return "mismatch" if _mismatched(sentence.citations, products, _TOKEN.sub(" ", rest)) else ""


def evidence_of(sources: Sources) -> Evidence:
    """Numbers, dates and words of all sources. An amount in minor units also stands for its major units."""
    numbers: set[Decimal] = set()
    dates: set[date] = set()
    days: set[tuple[int, int]] = set()
    texts: list[str] = []
    for value in (*sources.passages, *sources.records, *sources.values):
        for leaf in _leaves(value):
            if isinstance(leaf, bool) or leaf is None:
                continue
            if isinstance(leaf, int | float):
                numbers |= {Decimal(str(leaf)), Decimal(str(leaf)) / 100}
                continue
            rest, found = take_dates(leaf)
            dates |= {day for day in (_full(parts) for parts in found) if day}
            days |= {(month, day) for _, month, day in found}
            numbers |= (
                set(numbers_in(leaf)) | set(numbers_in(rest)) | {Decimal(mention.value) for mention in find_numbers(leaf) if _plain_number(mention.value)}
            )
            numbers |= {Decimal(part) for clock in _CLOCK.findall(leaf) for part in clock}
            texts.append(leaf)
    if sources.now is not None:
        dates.add(sources.now.date())
        numbers |= {Decimal(sources.now.year), Decimal(sources.now.hour), Decimal(sources.now.minute)}
    joined = "\n".join(texts)
    return Evidence(frozenset(numbers), frozenset(dates), joined, frozenset(days | {(day.month, day.day) for day in dates}))


def _plain_number(value: object) -> bool:
    try:
        Decimal(str(value))
    except InvalidOperation:
        return False
    return True


def _joined(left: Evidence, right: Evidence) -> Evidence:
    return Evidence(left.numbers | right.numbers, left.dates | right.dates, f"{left.text}\n{right.text}", left.days | right.days)


def _leaves(value: Json) -> Iterable[str | int | float | bool | None]:
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _leaves(item)
    else:
        yield value


Parts = tuple[int | None, int, int]


def take_dates(text: str) -> tuple[str, list[Parts]]:
    """The text without its dates, and the dates as (year or None, month, day)."""
    found: list[Parts] = []

    def iso(match: re.Match[str]) -> str:
        found.append((int(match[1]), int(match[2]), int(match[3])))
        return " "

    def chinese(match: re.Match[str]) -> str:
        found.append((int(match[1]) if match[1] else None, int(match[2]), int(match[3])))
        return " "

    def english(match: re.Match[str]) -> str:
        found.append((int(match[3]) if match[3] else None, _MONTHS[match[2][:3].lower()], int(match[1])))
        return " "

    return _EN_DATE.sub(english, _ZH_DATE.sub(chinese, _ISO.sub(iso, text))), found


def _full(parts: Parts) -> date | None:
    try:
        return date(parts[0] or 0, parts[1], parts[2])
    except ValueError:
        return None


def _dated(parts: Parts, evidence: Evidence) -> bool:
    if parts[0] is None:
        return (parts[1], parts[2]) in evidence.days
    return _full(parts) in evidence.dates


def numbers_in(text: str) -> list[Decimal]:
    """Figures as they are written, thousands separators taken out; numbering of a list ("1)", "2)") does not state anything."""
    listed = re.sub(r"(?:(?<=^)|(?<=[\s：:；;，,、]))\d{1,2}\)(?=\s)", " ", text)
    return [Decimal(match.group().replace(",", "").rstrip(".")) for match in _NUMBER.finditer(listed)]


def _mismatched(citations: Sequence[Citation], products: Sequence[str], rest: str) -> bool:
    """A figure said of one product that its citation states of another."""
    if len(set(products)) != 1 or not citations:
        return False
    figures = set(numbers_in(rest))
    if not figures:
        return False
    mine = [citation for citation in citations if products[0] in f"{citation.title} {citation.section} {citation.quote}"]
    others = [citation for citation in citations if _TOKEN.search(citation.quote) and citation not in mine]
    said = {number for citation in mine for number in numbers_in(_TOKEN.sub(" ", citation.quote))}
    foreign = {number for citation in others for number in numbers_in(_TOKEN.sub(" ", citation.quote))}
    return bool((figures & foreign) - said)


def _is_status(text: str, sources: Sources) -> bool:
    """A word of completion said as the state of an order that was read."""
    return bool(sources.records) and (bool(_STATUS.search(text)) or any(word and word in text for word in sources.statuses))


def _in_language(sentence: Sentence, language: Language) -> bool:
    """A sentence without a source of its own must be in the customer's language; quotations keep theirs."""
    if sentence.citations:
        return True
    han, latin = len(_HAN.findall(sentence.text)), len(_LATIN.findall(sentence.text))
    if language == "en":
        return latin > 0 or han == 0
    return han > 0 or latin <= 2

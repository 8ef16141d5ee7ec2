"""Judges sentences before a customer reads them: every figure has a source, nothing is called done without proof, the language is the customer's; pure.

It compares by rule (figures with their units, dates, product names, words of completion), because vectors are nearly blind to exactly these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from assistant.dialog.verify.claims import TOKEN, Evidence, Figures, clauses, evidence_in, figures_of, squeezed
from assistant.dialog.verify.sums import shown
from assistant.knowledge.markdown import plain
from assistant.knowledge.terms import is_content, negations, terms
from assistant.text.script import to_simplified, to_traditional
from assistant.text.units import Quantity, same_value
from assistant.text.words import sentences as spans_of
from assistant.types import Citation, Json, Language, Sentence

_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_ACTS_ZH = "更新|取消|修改|改为|改到|改成|改好|登记|提交|办理|办好|办妥|处理好|退款|退回|预约|安排|创建|完成|撤销|下单|受理|补发|开具|寄出|延期"
_ACTS_EN = (
    "updated|changed|cancelled|canceled|refunded|booked|registered|submitted|rescheduled|done|processed|arranged|scheduled|moved|placed|issued|reissued|"
    "exchanged|credited|postponed|shipped out|taken care of"
)
_DONE = re.compile(
    rf"已(?:经)?(?:为您|帮您|给您|替您)?(?:{_ACTS_ZH})|(?:{_ACTS_ZH})(?:成功|完毕|好了|了[。！]?$)"
    rf"|\b(?:is|are|was|were|has been|have been|'ve|i have|we have|i|we)\s+(?:now\s+|just\s+|already\s+)?(?:{_ACTS_EN})\b"
    r"|^\s*(?:done|updated|cancelled|canceled)\b|\ball set\b|\b(?:went|gone) through\b",
    re.IGNORECASE,
)
_ACTED = re.compile(rf"已(?:经)?(?:为您|帮您|给您|替您)|\b(?:i|we)(?:'ve| have)?\s+(?:now\s+|just\s+|already\s+)?(?:{_ACTS_EN})\b", re.IGNORECASE)
_NEGATED = re.compile(
    rf"\b(?:no|none|nothing|not|never|no longer|cannot|can't|isn't|wasn't|haven't|hasn't|didn't)\b[^.;,]{{0,30}}?\b(?:{_ACTS_EN})\b"
    rf"|(?:没有|没|未|尚未|还没|不再|不能|无法)[^，。；]{{0,6}}(?:{_ACTS_ZH}|改)",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"(?:会|将|马上|稍后|尽快|立即)[^。；，]{0,12}(?:致电|回电|联系您|回复您|打给您|给您回|通知您|发邮件给您|跟进|为您查|帮您查)"
    r"|\b(?:will|'ll|going to)\s+(?:\w+\s+)?(?:call|phone|ring|e-?mail|contact|get back to|follow up|look into|let you know|notify you|keep you posted)\b",
    re.IGNORECASE,
)
_STATUS = re.compile(r"状态|狀態|\bstatus\b|目前|现在是", re.IGNORECASE)
_POLICY = re.compile(
    r"必须|不得|不能|不可|期限|免费|仅限|只能|之内|以内|内可以"
    r"|\b(?:must|only|within|free of charge|not allowed|cannot|can't|may not|non-?refundable|at the latest)\b",
    re.IGNORECASE,
)
# a yes or no to a question is no rule
_VERDICT = re.compile(r"^(?:不可以|可以|不能|能|不行|yes|no)[，,]\s*", re.IGNORECASE)
# the share of a policy sentence's words that its citations have to hold
_STATED = 0.5


@dataclass(frozen=True, slots=True)
class Sources:
    """What may support a figure: texts of passages, records read in this conversation, confirmed values and rule values (JSON), the clock, known SKUs.

    `statuses` are the words for a state an order read in this turn is in: they may be said as a status though they sound like "done".
    `names` are what products are called: a figure in a name ("Blanco 180") states nothing.
    """

    passages: tuple[str, ...] = ()
    records: tuple[Json, ...] = ()
    values: tuple[Json, ...] = ()
    now: datetime | None = None
    products: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """Sentences that may leave, and those that may not with the reason: number, date, product, mismatch, done, promise, policy, language."""

    kept: tuple[Sentence, ...]
    blocked: tuple[tuple[Sentence, str], ...] = ()


def verify(sentences: Sequence[Sentence], sources: Sources, *, language: Language, done_allowed: bool, strict: bool = False) -> Verification:
    """Sorts sentences into those that may leave and those that may not.

    `done_allowed`: this turn has a receipt. `strict`: the sentences answer from documents, so one that states a policy needs a citation that states it,
    and a figure must be one of the product it is said of.
    """
    if not sentences:
        return Verification(())
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
    """Why a sentence may not leave; "" when it may. A sentence that stands in its citation word for word states nothing of its own."""
    if _verbatim(sentence):
        return ""
    evidence = shared.joined(evidence_in((citation.quote for citation in sentence.citations), ())) if sentence.citations else shared
    said = _unnamed(sentence.text, sources.names)
    figures = figures_of(said)
    if any(not evidence.has_date(found) for found in figures.dates):
        return "date"
    if any(token not in sources.products and token not in evidence.text for token in TOKEN.findall(sentence.text)):
        return "product"
    if not _figures_supported(said, figures, evidence):
        return "number"
    if not done_allowed and _DONE.search(_NEGATED.sub(" ", sentence.text)) and not _is_status(sentence.text, sources):
        return "done"
    if not done_allowed and _PROMISE.search(sentence.text):
        return "promise"
    return "" if _in_language(sentence, evidence, language) else "language"


def _unnamed(text: str, names: Sequence[str]) -> str:
    """A sentence without the names of products that hold a figure."""
    for name in names:
        text = text.replace(name, " ") if name in text else text
    return text


def evidence_of(sources: Sources) -> Evidence:
    """Everything the sources state."""
    now = sources.now
    clock: tuple[Json, ...] = () if now is None else (now.year, now.hour, now.minute)
    return evidence_in(sources.passages, (*sources.records, *sources.values, *clock), () if now is None else (now.date(),))


def _verbatim(sentence: Sentence) -> bool:
    said = squeezed(to_simplified(sentence.text))
    return bool(said) and any(said in squeezed(to_simplified(plain(citation.quote))) for citation in sentence.citations)


def _figures_supported(text: str, figures: Figures, evidence: Evidence) -> bool:
    """Every figure is in the evidence with its unit, or follows by arithmetic that the sentence shows."""
    results = shown(text, evidence)
    if any(number not in evidence.numbers and number not in results for number in figures.numbers):
        return False
    first = figures.quantities[:1]
    known = [quantity for quantity in figures.quantities if _has(quantity, evidence, results)]
    if len(known) == len(figures.quantities):
        return True
    # a conversion shows both sides: "5 kg = 11.02 lb" needs no source, "18 kg = 39.68 lb" of a product needs one for the first
    if not known and not (first and len(figures.quantities) > 1 and not TOKEN.search(text) and not figures.numbers):
        return False
    given = known or list(first)
    return all(any(same_value(quantity, other) for other in given) for quantity in figures.quantities)


def _has(quantity: Quantity, evidence: Evidence, results: frozenset[Decimal]) -> bool:
    if any(_same(quantity, other) for other in evidence.quantities):
        return True
    bounds = [quantity.value] if quantity.high is None else [quantity.value, quantity.high]
    # a number of a record has no unit of its own, and a table may have its unit in the header
    return all(bound in evidence.loose or bound in evidence.numbers or bound in results for bound in bounds)


def _same(quantity: Quantity, other: Quantity) -> bool:
    """The same value in the same unit; one end of a range is a value of the source too."""
    if quantity.unit != other.unit:
        return False
    if quantity.high is not None:
        return (quantity.value, quantity.high) == (other.value, other.high)
    return quantity.value in (other.value, other.high)


def _overstated(sentence: Sentence, sources: Sources) -> str:
    """What an answer from documents says beyond its citations: a policy that they do not state, or a figure of another product."""
    if _verbatim(sentence):
        return ""
    if _POLICY.search(_VERDICT.sub("", sentence.text)) and not _policy_stated(sentence):
        return "policy"
    return "mismatch" if _mismatched(sentence, sources) else ""


def _policy_stated(sentence: Sentence) -> bool:
    """Whether a quote in the same language holds most of a policy's words and says no where it says no; across languages the figures have to do."""
    if not sentence.citations:
        return False
    foreign = [citation for citation in sentence.citations if bool(_HAN.search(citation.quote)) != bool(_HAN.search(sentence.text))]
    if len(foreign) == len(sentence.citations):
        return True
    said = [term for term in terms(sentence.text) if is_content(term)]
    if not said:
        return True
    best = max((_stating(said, part) for citation in sentence.citations for part in _parts(citation)), default=(0.0, ""))
    return best[0] >= _STATED and negations(best[1]) % 2 == negations(sentence.text) % 2


def _parts(citation: Citation) -> list[str]:
    return [citation.quote[start:end] for start, end in spans_of(citation.quote)] or [citation.quote]


def _stating(said: Sequence[str], text: str) -> tuple[float, str]:
    there = set(terms(text))
    return sum(term in there for term in said) / len(said), text


def _mismatched(sentence: Sentence, sources: Sources) -> bool:
    """A figure said of one product that the citations state of others only."""
    owners: list[tuple[frozenset[str], Figures]] = []
    for citation in sentence.citations:
        title = frozenset(token for token in TOKEN.findall(f"{citation.section} {citation.title}") if token in sources.products)
        owners += [(about or title, figures) for about, figures in clauses(citation.quote, sources.products)]
    for about, figures in clauses(_unnamed(sentence.text, tuple(name for name in sources.names if name not in sources.products)), sources.products):
        if len(about) != 1:
            continue
        for quantity in figures.quantities:
            stated = [names for names, found in owners if names and any(_same(quantity, other) for other in found.quantities)]
            if stated and not any(about & names for names in stated):
                return True
        for number in figures.numbers:
            stated = [names for names, found in owners if names and number in found.numbers]
            if stated and not any(about & names for names in stated):
                return True
    return False


def _is_status(text: str, sources: Sources) -> bool:
    """A word of completion said as the state of an order that was read, not as something somebody did."""
    if _ACTED.search(text):
        return False
    return bool(sources.records) and (bool(_STATUS.search(text)) or any(word and word in text for word in sources.statuses))


def _in_language(sentence: Sentence, evidence: Evidence, language: Language) -> bool:
    """A sentence without a source of its own must be in the customer's language and script; quotations keep theirs."""
    if sentence.citations:
        return True
    han, latin = len(_HAN.findall(sentence.text)), len(_LATIN.findall(sentence.text))
    if language == "en":
        return latin > 0 or han == 0
    wanted = to_traditional(sentence.text) if language == "zh-Hant" else to_simplified(sentence.text)
    # names and addresses are said as they were given
    stray = [char for char, right in zip(sentence.text, wanted, strict=True) if char != right and char not in evidence.text]
    return (han > 0 or latin <= 2) and len(stray) < 2

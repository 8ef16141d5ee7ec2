"""Reads a customer's message into a `Reading`: language, slots, requests, mood, and whether it calls for care; it decides nothing and knows no store.

Deterministic, and pure but for the encoder. `read_slots` leaves the encoder out, for a message that only answers what was asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from assistant.text.calendar import BusinessCalendar
from assistant.text.fold import fold
from assistant.text.script import detect_language, is_contentless
from assistant.types import Hints, Language, Reading, Request, Slot
from assistant.understanding.arriving import not_arrived
from assistant.understanding.dates.counts import EN_COUNT, EN_UNIT
from assistant.understanding.dates.read import find_dates
from assistant.understanding.dates.rebound import rebound
from assistant.understanding.intents.few import Few, reconsidered
from assistant.understanding.intents.recognise import Guess
from assistant.understanding.intents.weighing import leads_to, weighed_act, weighs
from assistant.understanding.own_orders import asks_bought, asks_paid
from assistant.understanding.reader_rewrite import Rewrite, continued, stand_alone, with_partner, with_products
from assistant.understanding.safety import injection, personal_spans
from assistant.understanding.segments import Predictor, Segment, segment
from assistant.understanding.sentiment import MoodWords, feel
from assistant.understanding.slots.another import mere_number
from assistant.understanding.slots.lexicon import OrderShape
from assistant.understanding.slots.orders import in_whole
from assistant.understanding.slots.picking import Measures, Pick, Shown, picked
from assistant.understanding.slots.read import SlotLexicon, find_slots
from assistant.understanding.yesno.echo import in_full
from assistant.understanding.yesno.read import read_verdict

LONGEST = 2000  # characters that are read; what is longer is a document, whose beginning tells what it is about
# below the first nothing is worth a thought, below the second share of the likeliest reading neither
LEAST, SHARE = 0.02, 0.25
COUNTED = ("quantity", "items")
_FIRST = frozenset({"email", "tax_id", "phone", "address", "product", "title"})
_NAMED = frozenset({"title", "address"})
_ABOUT_ORDERS = ("order.", "aftersales.", "invoice.", "warranty.", "service.")
_ABOUT_GOODS = ("product.", "price.")
_ABOUT_RULES = "policy."
_TOGETHER = "product.compatibility"
_CLEARLY, _FELT, _SAID = 0.6, 0.4, 0.2
_LIKELY, _MEANT = 0.6, 0.8
_PRICED = "product.price"
_EACH = re.compile(r"分别|各|都|\b(?:each|both|all of them|respectively)\b", re.IGNORECASE)
_FITTING = frozenset({"product.compatibility", "product.selection"})
_FITS = re.compile(
    r"[配装接适]|用[在于]|兼容|\b(?:fits?|fitted|used?|goes|go|works?|takes?|needs?|requires?|compatible|suits?|belongs?|(?:for|with|on|in) it)\b",
    re.IGNORECASE,
)
_TRACK, _LOOK = "order.track", "order.status"
_CHANGED = frozenset({"date", "shift", "quantity", "item", "address"})
_CARGO = re.compile(
    r"货|快递|包裹|物流|运单|(?<![文证邮软附信函稿案条事])件|东西|單|单|\b(?:it|orders?|parcels?|shipments?|packages?|delivery|deliveries|tracking|goods|stuff|courier|box(?:es)?|pallets?|things?)\b",
    re.IGNORECASE,
)
_SUGGESTED = re.compile(
    r"建议|希望|最好能|要是|如果|能不能|可不可以|可以考虑|改进|意见|反馈|\b(?:suggest\w*|wish|would|could|should|please|consider|maybe|improve|feedback|idea|add)\b",
    re.IGNORECASE,
)
_LENGTH = re.compile(rf"\b{EN_COUNT}[\s-]+(?:(?:more|extra|additional)\s+)?{EN_UNIT}", re.IGNORECASE)
_PUT_OFF = r"(?<=[迟后延期缓前早遲後緩])(?:订单|#)?"
_HOW_LONG = r"(?:[这那]一?[张单])?(?=[一二两三四五六七八九十半几兩]{1,3}个?半?(?:天|周|星期|礼拜|月|工作日))"
_LETTER = re.compile(r"[^\W\d_]")


class Model(Predictor, Protocol):
    """What the reader needs of the intent model."""

    def predict(self, text: str, language: Language) -> Guess: ...


@dataclass(frozen=True, slots=True)
class Words:
    """The company's words as the parts of the reader take them: slots, moods and the patterns of manipulation; its working calendar; what products have;
    the words of its own requests."""

    slots: SlotLexicon
    mood: MoodWords
    injection: re.Pattern[str]
    calendar: BusinessCalendar
    measures: Measures = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    few: Few = field(default_factory=Few)


class Reader:
    """Reads messages for one company; immutable, safe for concurrent threads."""

    def __init__(self, model: Model, words: Words) -> None:
        self._model = model
        self._words = words

    def read(self, text: str, hints: Hints, seen: Reading | None = None) -> Reading:
        """The whole reading of a message as it was typed; `seen` is its `read_slots`, where that is known already.

        Raises BackendUnavailable when the encoder does not load.
        """
        seen = seen or self.read_slots(text, hints)
        if not seen.text or not _LETTER.search(seen.text):
            return seen
        pick = self._picked(seen, hints)
        if pick is not None:
            # an adjective may be what another product is called
            seen = replace(seen, slots=tuple(slot for slot in seen.slots if not (slot.name in _GOODS and pick.start <= slot.start and slot.end <= pick.end)))
        rewrite = stand_alone(
            seen.text,
            [slot for slot in seen.slots if slot.name != "option" or hints.options],
            products=hints.products,
            previous=hints.previous,
            families=self._words.slots.families,
            find=lambda other: self._find(fold(other), hints),
            shown=Shown(hints.among, pick),
        )
        rebounded = rebound(seen.text, hints.previous, find=lambda other: self._find(other, hints), units=self._words.units)
        if rebounded:
            rewrite = Rewrite(rebounded, True)
        if rewrite.swapped:
            return self._as_read(seen, rewrite)
        requests = _requests(seen, self._segments(seen))
        requests = self._weighed(seen, requests)
        standalone = rewrite.text
        if len(requests) == 1 and not requests[0].weighed:
            resumed = self._resumed(seen, hints, rewrite)
            if resumed is not None:
                return resumed
            if standalone == seen.text and requests[0].intent == _TOGETHER:
                standalone = with_partner(seen.text, seen.slots, hints.products, self._words.slots.families)
            if standalone == seen.text and requests[0].intent.startswith(_ABOUT_GOODS):
                standalone = with_products(seen.text, seen.slots, hints.products)
        said = any(request.accepted and request.intent.startswith("chat.") for request in requests)
        found = replace(seen, standalone=standalone, requests=requests, contentless=seen.contentless and not said)
        return replace(found, sentiment=_tempered(found))

    def _segments(self, seen: Reading) -> tuple[Segment, ...]:
        """The requests of the message; an order said by the end of its number is read like any other."""
        text, origins = in_whole(seen.text[:LONGEST], seen.slots, self._words.slots.shape)
        found = segment(text, self._model, language=seen.language)
        days = [slot.text for slot in seen.slots if slot.name == "date" and slot.text]
        found = tuple(replace(part, guess=reconsidered(_without(text[part.start : part.end], days), part.guess, self._words.few)) for part in found)
        return tuple(replace(part, start=origins[part.start], end=origins[part.end]) for part in found)

    def _picked(self, seen: Reading, hints: Hints) -> Pick | None:
        """Which of the products just shown the message picks."""
        if len(hints.among) < 2 or hints.options:
            return None
        options = [slot for slot in seen.slots if slot.name == "option"]
        pick = picked(seen.text, options, hints.among, measures=self._words.measures, find=lambda other: self._find(fold(other), hints))
        named = [slot for slot in seen.slots if slot.name in ("product", "unknown_product")]
        return pick if pick is not None and all(pick.start <= slot.start and slot.end <= pick.end for slot in named) else None

    def _weighed(self, seen: Reading, requests: tuple[Request, ...]) -> tuple[Request, ...]:
        """The requests, those marked that only ask what a change would cost or lead to; the change is read from their words without the question."""
        found = []
        for request in _supposed(seen, requests):
            if asks_paid(request.text) or asks_bought(request.text):
                request = replace(request, intent=_LOOK, confidence=max(request.confidence, _MEANT), accepted=True)
            elif _TRACK in self._model.intents and _astray(request):
                request = replace(request, intent=_TRACK, confidence=max(request.confidence, _MEANT), accepted=True)
            act = weighed_act(request.text) if weighs(request.text) else ""
            guess = self._model.predict(act, seen.language) if act else None
            if guess is not None and guess.accepted and guess.p >= _LIKELY and guess.intent.startswith(_ABOUT_ORDERS):
                request = replace(request, weighed=guess.intent, accepted=True)
            found.append(request)
        return tuple(found)

    def _resumed(self, seen: Reading, hints: Hints, rewrite: Rewrite) -> Reading | None:
        """The reading of words that go on with the talk about products or rules, by what they say as a whole; None when they stand for themselves."""
        joined = continued(seen.text, seen.slots, hints.previous, lambda other: self._find(fold(other), hints))
        if joined and self._model.predict(joined, seen.language).intent.startswith(_ABOUT_RULES):
            return self._as_read(seen, Rewrite(joined))
        if rewrite.text == seen.text:
            return None
        whole = self._as_read(seen, rewrite)
        return whole if whole.requests[0].accepted and whole.requests[0].intent.startswith(_ABOUT_GOODS) else None

    def _as_read(self, seen: Reading, rewrite: Rewrite) -> Reading:
        """The reading of a message under the intent of what it stands for."""
        guess = self._model.predict(rewrite.text, seen.language)
        meant = tuple(Slot("product", sku, sku, source="conversation") for sku in rewrite.products)
        request = _request(seen.text, Segment(0, len(seen.text), guess), (*seen.slots, *meant))
        return replace(seen, standalone=rewrite.text, requests=(request,), contentless=False)

    def plausible(self, texts: Sequence[str]) -> frozenset[str]:
        """The intents that one of the texts may well mean: at least LEAST probable, and not much less than what it most likely means or says nothing by.

        Raises BackendUnavailable when the encoder does not load.
        """
        rows = self._model.probabilities([text[:LONGEST] for text in texts if text.strip()])
        return frozenset(self._model.intents[int(at)] for row in rows for at in (row >= max(LEAST, SHARE * float(row.max()))).nonzero()[0])

    def read_slots(self, text: str, hints: Hints) -> Reading:
        """The reading without requests: no encoder, so that a slot value or a yes costs next to nothing."""
        folded = fold(text)
        language = detect_language(folded, sticky=hints.language)
        if counted := next((kind for kind in COUNTED if kind in hints.shown), ""):
            # to a preview of a number of pieces a mere number is another one
            hints = replace(hints, expecting=counted) if mere_number(folded) else hints
        slots = self._find(folded[:LONGEST], hints)
        if hints.expecting == "date" or "date" in hints.shown:
            slots = self._with_day(folded, slots, hints)
        slots = in_full(slots, hints.shown) if hints.shown else slots
        language = detect_language(_own_words(folded, slots), sticky=language if is_contentless(_own_words(folded, slots)) else hints.language)
        mood = feel(folded[:LONGEST], self._words.mood)
        return Reading(
            language=language,
            text=folded,
            standalone=folded,
            requests=(),
            slots=slots,
            verdict=read_verdict(folded, slots, shown=hints.shown or None, act=hints.act),
            sentiment=mood.sentiment,
            anger=mood.anger,
            urgency=mood.urgency,
            injection=injection(folded, self._words.injection),
            contentless=is_contentless(folded),
            personal=personal_spans(folded),
        )

    def _with_day(self, folded: str, slots: tuple[Slot, ...], hints: Hints) -> tuple[Slot, ...]:
        """Where a day is talked about, a mere number is a day of the month."""
        digits = mere_number(folded, suggested=True)
        if not re.fullmatch(r"[1-9]|[12]\d|3[01]", digits) or any(slot.name in ("date", "shift", "order") for slot in slots):
            return slots
        found = find_dates(f"{digits}号", now=hints.now, calendar=self._words.calendar, language="zh")
        if any(day.value in hints.shown.get("date", ()) for day in found[:1]):
            return slots  # the day that is shown already is no other one, nor is a number a yes to it
        start = folded.rindex(digits)
        day = [replace(each, start=start, end=start + len(digits), text=digits, source=hints.message_id) for each in found[:1]]
        return (*(slot for slot in slots if slot.name not in ("quantity", "option")), *day)

    def _find(self, folded: str, hints: Hints) -> tuple[Slot, ...]:
        """Dates and all other slots, in the order they were said."""
        bare, origins = without_orders(folded, self._words.slots.shape)
        found = find_dates(bare, now=hints.now, calendar=self._words.calendar, language=hints.language)
        dates = [_in_place(date, folded, origins) for date in found]
        slots = find_slots(folded, hints=hints, lexicon=self._words.slots, taken=[span for date in found for span in _spans(date, origins)])
        firm = [(slot.start, slot.end) for slot in slots if slot.name in _FIRST]
        kept = [replace(date, source=hints.message_id) for date in dates if not any(start <= date.start and date.end <= end for start, end in firm)]
        return tuple(sorted((*kept, *slots), key=lambda slot: (slot.start, slot.end)))


def _without(text: str, words: Sequence[str]) -> str:
    """A text without some of its words: a day is said for any request."""
    for word in words:
        text = text.replace(word, " ")
    return text


def without_orders(folded: str, shape: OrderShape) -> tuple[str, list[int]]:
    """A text without its order numbers, which may stand in the middle of a date's words ("推迟12346一周"), and where each character stood."""
    digits = "|".join(rf"\d{{{length}}}" for length in sorted(shape.lengths))
    pattern = shape.loose or re.compile(rf"#?(?<![A-Za-z0-9_.-])(?:{digits or shape.strict.pattern})(?![A-Za-z0-9_.-]*\d)")
    inside = [*re.finditer(rf"{_PUT_OFF}(?:{digits}){_HOW_LONG}", folded)] if shape.loose and digits else []
    origins = list(range(len(folded)))
    for match in sorted([*pattern.finditer(folded), *inside], key=lambda found: -found.start()):
        del origins[match.start() : match.end()]
    return "".join(folded[at] for at in origins), origins


def _in_place(date: Slot, folded: str, origins: Sequence[int]) -> Slot:
    """A date found in a text without order numbers, with its place in the whole text."""
    start, end = origins[date.start], origins[date.end - 1] + 1
    return replace(date, start=start, end=end, text=folded[start:end])


def _spans(date: Slot, origins: Sequence[int]) -> list[tuple[int, int]]:
    """The stretches of the whole text that a date takes, without order numbers inside it; of "delay 4302 by 3 days" only how long, not what."""
    spans: list[tuple[int, int]] = []
    length = _LENGTH.search(date.text) if date.name == "shift" else None
    for at in origins[date.start + (length.start() if length else 0) : date.end]:
        if spans and spans[-1][1] == at:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return spans


def _own_words(folded: str, slots: Sequence[Slot]) -> str:
    """A text without names that are written as they are in any language: a company's name or an address does not change the language of a message."""
    letters = list(folded)
    for slot in slots:
        if slot.name in _NAMED:
            letters[slot.start : slot.end] = " " * (slot.end - slot.start)
    return "".join(letters)


def _retold(seen: Reading, segments: Sequence[Segment]) -> list[Segment]:
    """Segments without those that only correct what was said before ("12346... no wait, 12350, all four"): their words belong to the request they correct."""
    kept: list[Segment] = []
    for part in segments:
        corrects = any(slot.note == "corrected" and part.start <= slot.start < part.end for slot in seen.slots)
        if kept and corrects:
            kept[-1] = replace(kept[-1], end=part.end)
        else:
            kept.append(part)
    return kept


def _requests(seen: Reading, segments: Sequence[Segment]) -> tuple[Request, ...]:
    """The requests with the slots said in them; a later one that names no order or product of its own is about the one named before."""
    found: list[Request] = []
    segments = _retold(seen, segments)
    for at, part in enumerate(segments):
        until = segments[at + 1].start if at + 1 < len(segments) else len(seen.text)
        since = part.start if at else 0
        own = tuple(slot for slot in seen.slots if since <= slot.start < until)
        if at:
            own = (*own, *_inherited(part.guess.intent, own, [slot for slot in seen.slots if slot.start < since], seen.text[since:until]))
        found.append(_request(seen.text, part, own))
    return tuple(found)


def _astray(request: Request) -> bool:
    """Whether a request complains of goods that have not come, whatever it was taken for without being sure."""
    if not not_arrived(request.text) or request.weighed:
        return False
    if request.intent in (_TRACK, "order.status"):
        return True
    about = any(slot.name in _REFERENCES | _GOODS for slot in request.slots) or _CARGO.search(request.text) is not None
    return about and request.confidence < _MEANT and not any(slot.name in _CHANGED for slot in request.slots)


def _supposed(seen: Reading, requests: Sequence[Request]) -> tuple[Request, ...]:
    """The requests, a supposition and the question it leads to as one ("要是取消12345，" "会扣多少")."""
    kept: list[Request] = []
    for request in requests:
        before = kept[-1] if kept else None
        own = tuple(slot for slot in request.slots if slot.start >= request.start)
        if before is not None and leads_to(before.text, request.text) and not any(slot.name in _REFERENCES | _GOODS for slot in own):
            text = seen.text[before.start : request.end].strip()
            kept[-1] = replace(before, text=text, end=request.end, slots=(*before.slots, *(slot for slot in own if slot not in before.slots)))
        else:
            kept.append(request)
    return tuple(kept)


def _tempered(found: Reading) -> float:
    """The sentiment of a message that is a complaint or praise as a whole, though it has no word for it ("You said Monday, it's Thursday")."""
    for request in found.requests:
        if request.intent == "complaint" and request.confidence >= _CLEARLY and found.sentiment <= _SAID:
            return min(found.sentiment, -_FELT)
        if request.intent == "feedback" and request.confidence >= _CLEARLY and found.sentiment >= 0 and not _SUGGESTED.search(found.text):
            return max(found.sentiment, _FELT)
    return found.sentiment


_GOODS = frozenset({"product", "unknown_product", "family"})
_REFERENCES = frozenset({"order", "order_ref"})


def _inherited(intent: str, own: Sequence[Slot], before: Sequence[Slot], text: str) -> tuple[Slot, ...]:
    """The order or product named last before, for a request that needs one and names none. A copy: the slot itself belongs to the request it was said in."""
    names = {slot.name for slot in own}
    wanted: Mapping[frozenset[str], tuple[str, ...]] = {_REFERENCES: _ABOUT_ORDERS, _GOODS: _ABOUT_GOODS}
    for kinds, intents in wanted.items():
        if intent.startswith(intents) and not names & (_REFERENCES | _GOODS):
            said = [slot for slot in before if slot.name in kinds]
            if not said and intent == _PRICED:
                # "where is 12345, and how much is it" asks what the order comes to
                said = [slot for slot in before if slot.name == "order"]
            # what is asked of each, or of several named together, is not asked of the last alone
            together = _EACH.search(text) is not None or intent == _PRICED
            alike = {slot.value: slot for slot in said if together and slot.name == said[-1].name and slot.name in ("order", "product")} if said else {}
            return tuple(replace(slot) for slot in alike.values()) or ((replace(said[-1]),) if said else ())
    if intent in _FITTING and names & {"family"} and not names & (_REFERENCES | {"product", "unknown_product"}) and _FITS.search(text):
        # "SK-40 price, and which pump is it for": the kind of goods is what is asked for, the product before what it is asked of
        said = [slot for slot in before if slot.name == "product"]
        return (replace(said[-1]),) if said else ()
    return ()


def _request(text: str, part: Segment, slots: tuple[Slot, ...]) -> Request:
    guess = part.guess
    said = text[part.start : part.end].strip()
    return Request(guess.intent, round(guess.p, 4), said, part.start, part.end, guess.runner_up, round(guess.p2, 4), slots, guess.accepted)

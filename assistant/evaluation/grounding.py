"""Where a reply's figures come from: every one must be in what was cited, read, said, ruled or shown by the clock, or be arithmetic over these; pure.

Arithmetic is what a rule may do with such values: a date moved by a parameter's days, months or working days, the days between two dates, a quantity times a
price less a percentage, a percentage of an amount, the difference of two amounts; and a sum that the reply shows with its terms.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise, product
from typing import Any

from assistant.evaluation.figures import Figure, figures, squeezed
from assistant.evaluation.ground import Ground
from assistant.evaluation.transcript import Spoken, Transcript
from assistant.tools.functions import add_months

_MOST_DATES = 40
_WEEK_ZH = "一二三四五六日"
_WEEK_EN = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(slots=True)
class Sources:
    """The values a reply may use, by kind; `said` are the customer's own numbers, `texts` hold the codes."""

    dates: set[date] = field(default_factory=set)
    times: set[str] = field(default_factory=set)
    numbers: set[Decimal] = field(default_factory=set)
    percents: set[Decimal] = field(default_factory=set)
    said: set[Decimal] = field(default_factory=set)
    amounts: set[Decimal] = field(default_factory=set)
    quantities: set[int] = field(default_factory=set)
    prices: set[Decimal] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)

    def add_text(self, text: str, *, year: int) -> None:
        self.texts.append(squeezed(text))
        for found in figures(text):
            self.add(found, year=year)

    def add(self, found: Figure, *, year: int) -> None:
        match found.kind, found.value:
            case "date", date() as day:
                self.dates.add(day)
            case "date", (int(month), int(day)):
                self.dates.update(on for y in (year - 1, year, year + 1) if (on := _day(y, month, day)))
            case "time", str(value):
                self.times.add(value)
            case (("number" | "percent" | "money"), Decimal() as value):
                self.numbers.add(value)
                if found.kind == "money":
                    self.amounts.add(value)
                elif found.kind == "percent":
                    self.percents.add(value)
            case _:
                pass


def unfounded(transcript: Transcript, spoken: Spoken, ground: Ground) -> tuple[str, ...]:
    """The figures of a reply that nothing supports, as they are written, and weekdays that are not the day beside them."""
    sources = sources_of(transcript, spoken, ground)
    found = figures(spoken.reply)
    missing = [figure for figure in found if not _direct(figure, sources, spoken.at)]
    if missing:
        derived = _derived(sources, ground, today=spoken.at.astimezone(ground.zone).date())
        missing = [figure for figure in missing if not _direct(figure, derived, spoken.at)]
    if missing:
        sums = _sums_shown(spoken.reply, {figure.value for figure in missing})
        missing = [figure for figure in missing if figure.value not in sums]
    return (*(figure.text for figure in missing), *_wrong_weekdays(spoken.reply, spoken.at.year))


def _sums_shown(reply: str, missing: set[Any]) -> set[Any]:
    """The results of additions that a reply shows ("A + B = C"), right to the cent, whose every term has a source."""
    found: set[Any] = set()
    for line in reply.splitlines():
        for left, right in pairwise(line.split("=")):
            terms = [figures(part)[-1:] for part in left.split("+")]
            result = figures(right)[:1]
            if len(terms) > 1 and all(terms) and result and not any(term[0].value in missing for term in terms):
                values = [value for term in terms if isinstance(value := term[0].value, Decimal)]
                if len(values) == len(terms) and sum(values) == result[0].value:
                    found.add(result[0].value)
    return found


def sources_of(transcript: Transcript, spoken: Spoken, ground: Ground) -> Sources:
    """What this reply may draw on: the conversation so far, the caller's own records before and after, citations, slots, receipts, routing and the clock."""
    now = spoken.at.astimezone(ground.zone)
    sources = Sources(prices={Decimal(price).scaleb(-ground.exponent) for price in _prices(transcript, spoken, ground)})
    earlier = transcript.before(spoken)
    at_once = [one for one in transcript.spoken if one.conversation == spoken.conversation and one.step == spoken.step]
    for one in (*earlier, *at_once, spoken):
        sources.add_text(one.text, year=now.year)
        sources.said.update(found.value for found in figures(one.text) if isinstance(found.value, Decimal))
        sources.numbers.add(Decimal(len(one.view.get("attachments") or one.turn.attach)))
        for token in squeezed(one.text).replace("，", " ").replace("。", " ").split():
            sources.numbers.update(Decimal(len(code.value)) for code in figures(token) if isinstance(code.value, str))
        sources.numbers.update(Decimal(len(code.text)) for code in figures(one.text) if code.kind in {"code", "number"})
    for one in (*earlier, spoken):
        for text in _cited(one):
            sources.add_text(text, year=now.year)
        for receipt in one.receipts:
            _add_json(sources, receipt, ground, year=now.year)
        procedure = one.view.get("procedure") or {}
        _add_json(sources, procedure.get("slots") or {}, ground, year=now.year)
    _add_json(sources, spoken.view.get("handoff") or {}, ground, year=now.year)
    _add_values(sources, spoken.view.get("values"), ground)
    for card in spoken.view.get("cards") or ():
        if card.get("kind") == "handoff":
            _add_json(sources, card.get("data"), ground, year=now.year)
    _add_orders(sources, spoken, ground, year=now.year)
    sources.dates.add(now.date())
    sources.times.update({now.strftime("%H:%M"), *ground.hours})
    sources.numbers.update(Decimal(value) for value in (*ground.parameters, *ground.minutes, 0, 1))
    sources.percents.update(Decimal(value) for value in ground.parameters)
    sources.numbers.update(Decimal(place) for place in range(1, len(spoken.after.get("handoffs") or ()) + 1))
    return sources


def _add_values(sources: Sources, value: Any, ground: Ground) -> None:
    """A rule's named values: a whole number may be a count, or an amount in minor units."""
    if isinstance(value, Mapping):
        for inner in value.values():
            _add_values(sources, inner, ground)
    elif isinstance(value, list):
        for inner in value:
            _add_values(sources, inner, ground)
    elif isinstance(value, int) and not isinstance(value, bool):
        sources.numbers.add(Decimal(value))
        sources.prices.add(Decimal(value).scaleb(-ground.exponent))


def _prices(transcript: Transcript, spoken: Spoken, ground: Ground) -> list[int]:
    """Prices of what the caller's orders hold and of the products named so far: their rows are the conversation's records."""
    own = {sku for order in ground.orders.values() if order["company"] == spoken.company for sku in order["skus"]}
    said = squeezed(" ".join(f"{one.text} {json.dumps(one.view.get('procedure') or {})}" for one in (*transcript.before(spoken), spoken)))
    return [price for sku, price in ground.prices.items() if sku in own or squeezed(sku) in said]


def _cited(spoken: Spoken) -> Iterator[str]:
    for citation in spoken.citations:
        yield str(citation.get("quote") or "")
        yield str(citation.get("title") or "")
        key = (str(citation.get("document")), int(citation.get("version") or 0), str(citation.get("section")))
        yield spoken.sections.get(key) or ""


def _add_orders(sources: Sources, spoken: Spoken, ground: Ground, *, year: int) -> None:
    own = {number for number, order in ground.orders.items() if order["company"] == spoken.company}
    for number in own:
        facts = ground.orders[number]
        _add_json(
            sources, {"number": number, **{key: facts[key] for key in ("placed", "delivered", "due", "invoiced", "tracking", "ship_to")}}, ground, year=year
        )
        for state in (spoken.before, spoken.after):
            order = (state.get("orders") or {}).get(number)
            if order:
                _add_json(sources, order, ground, year=year)
                sources.quantities.update(int(item["quantity"]) for item in order.get("items") or ())
                sources.amounts.update(Decimal(order.get(name) or 0).scaleb(-ground.exponent) for name in ("amount", "fee"))
    sources.numbers.add(Decimal(len(own)))


def _add_json(sources: Sources, value: Any, ground: Ground, *, year: int) -> None:
    """All figures in a record; an integer counts as it is and as minor units."""
    match value:
        case bool() | None:
            return
        case int() | float():
            sources.numbers.add(Decimal(str(value)))
            if isinstance(value, int):
                sources.amounts.add(Decimal(value).scaleb(-ground.exponent))
                sources.quantities.update({value} if 0 < value < 100_000 else ())
        case str():
            sources.add_text(_local(value, ground), year=year)
        case Mapping():
            for item in value.values():
                _add_json(sources, item, ground, year=year)
        case list() | tuple():
            for item in value:
                _add_json(sources, item, ground, year=year)


def _local(text: str, ground: Ground) -> str:
    """An instant as local date and time, any other text as it is."""
    if len(text) < 16 or text[4:5] != "-" or "T" not in text[:12]:
        return text
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{(at.astimezone(ground.zone) if at.tzinfo else at):%Y-%m-%d %H:%M}"


def _direct(figure: Figure, sources: Sources, at: datetime) -> bool:
    match figure.kind, figure.value:
        case "date", date() as day:
            return day in sources.dates
        case "date", (int(month), int(day)):
            return any((on.month, on.day) == (month, day) for on in sources.dates)
        case "time", str(value):
            return value in sources.times
        case "money", Decimal() as value:
            return value in sources.amounts | sources.prices | sources.said
        case "percent", Decimal() as value:
            return value in sources.percents | sources.said
        case "number", Decimal() as value:
            return value in sources.numbers or _in_texts(figure.text, sources)
        case "masked", str(value):
            return _unmasked(value, sources)
        case _, str(value):
            return any(value in text for text in sources.texts)
    return False


def _in_texts(text: str, sources: Sources) -> bool:
    """A number of five digits or more may be part of a longer code (an order, a phone, a tax id)."""
    digits = squeezed(text)
    return len(digits) >= 5 and any(digits in one for one in sources.texts)


def _unmasked(value: str, sources: Sources) -> bool:
    head, tail = squeezed(value.split("*")[0]), squeezed(value.rsplit("*", 1)[-1])
    return any(head in text and tail in text for text in sources.texts)


def _derived(sources: Sources, ground: Ground, *, today: date) -> Sources:
    """Everything one step of a rule's arithmetic makes of the sources."""
    quantities = {Decimal(number) for number in sources.quantities | {int(n) for n in sources.numbers if n == int(n) and 0 < n < 100_000}}
    cuts = [Decimal(0), *(Decimal(p) for p in ground.parameters if 0 < p <= 100)]
    prices = sources.prices | {a - b for a, b in product(sources.prices, repeat=2)}
    totals = {q * price * (100 - cut) / 100 for q, price, cut in product(quantities, prices, cuts)}
    amounts = {amount * cut / 100 for amount, cut in product(sources.amounts, cuts)} | {
        amount * (100 - cut) / 100 for amount, cut in product(sources.amounts, cuts)
    }
    known = list(sources.amounts)
    differences = {abs(a - b) for a, b in product(known, known)} if len(known) <= 200 else set()
    dates = set(_moved(sources.dates, ground, today))
    spans = {Decimal(abs((a - b).days)) for a, b in product(list(sources.dates)[:_MOST_DATES], repeat=2)}
    shares = {q * cut / 100 for q, cut in product(quantities, cuts)}
    return Sources(dates=dates | sources.dates, numbers=spans | shares, amounts={abs(value) for value in totals | amounts | differences}, texts=sources.texts)


def _moved(dates: Iterable[date], ground: Ground, today: date) -> Iterator[date]:
    """Dates a parameter away, the working day that follows each, and the opening day that comes next."""
    steps = [p for p in ground.parameters if 0 < p <= 400]
    yield from (ground.calendar.add_workdays(today, n) for n in (0, 1, *(p for p in steps if p <= 60)))
    for day in list(dates)[: _MOST_DATES * 2]:
        yield ground.calendar.add_workdays(day, 1)
        for step in steps:
            yield day + timedelta(days=step)
            yield ground.calendar.add_workdays(day + timedelta(days=step), 1)
            yield add_months(day, min(step, 120))
            if step <= 60:
                yield ground.calendar.add_workdays(day, step)


def _wrong_weekdays(text: str, year: int) -> list[str]:
    """Dates with a weekday beside them that is another day's."""
    import re

    pattern = re.compile(
        r"(?P<zh>(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}-\d{2}-\d{2})\s*[（(]?(?:周|星期|週|礼拜)(?P<day>[一二三四五六日天])"
        r"|\b(?P<name>mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+(?P<en>\d{1,2}\s+[A-Z][a-z]+\s+\d{4}|\d{4}-\d{2}-\d{2}|[A-Z][a-z]+\s+\d{1,2},?\s+\d{4})"
        r"|(?P<iso>\d{4}-\d{2}-\d{2})\s*\((?P<after>mon|tue|wed|thu|fri|sat|sun)[a-z]*\)",
        re.IGNORECASE,
    )
    wrong = []
    for match in pattern.finditer(text):
        found = figures(match["zh"] or match["en"] or match["iso"])
        day = found[0].value if found and found[0].kind == "date" else None
        if isinstance(day, tuple):
            day = _day(year, *day)
        if not isinstance(day, date):
            continue
        named = _WEEK_ZH.index(match["day"].replace("天", "日")) if match["day"] else _WEEK_EN.index((match["name"] or match["after"]).lower()[:3])
        if day.weekday() != named:
            wrong.append(match.group())
    return wrong


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

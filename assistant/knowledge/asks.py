"""What a question wants of the facts: which products, attributes, relations and values it names, and what is left unexplained; it looks nothing up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.knowledge import cues
from assistant.knowledge.concepts import Concepts
from assistant.knowledge.contents import content_asked
from assistant.knowledge.lexical import Lexical
from assistant.knowledge.mentions import ATTRIBUTE, FAMILY, PRODUCT, RELATION, Mention, Names, products_of
from assistant.knowledge.query import tokens
from assistant.knowledge.rows import PRICE, WARRANTY
from assistant.knowledge.terms import LIGHT, is_content
from assistant.text.fold import fold
from assistant.text.script import to_simplified
from assistant.text.units import Quantity, canonical_unit, dimension, find_quantities
from assistant.workspace.model import Attribute


@dataclass(frozen=True, slots=True)
class Bound:
    """A value the question asks an attribute to have: at least (1), at most (-1) or simply (0) `value` of `unit` ("" = the attribute's own)."""

    attribute: str
    value: Decimal
    unit: str
    sense: int


@dataclass(frozen=True, slots=True)
class Ask:
    """A question read against the catalogue. `attributes` may hold the pseudo attributes price and warranty; `sense` is 1 for more, -1 for less, 0 for neither.

    `quantities` are those no bound explains; `target` a unit an answer is wanted in; `rest` the content terms that nothing here explains;
    `also` the products whose name is also that of a family or relation the question names ("the milk cooler").
    """

    products: tuple[str, ...]
    families: tuple[str, ...]
    attributes: tuple[str, ...]
    relations: tuple[str, ...]
    bounds: tuple[Bound, ...]
    quantities: tuple[Quantity, ...]
    target: str
    sense: int
    cues: frozenset[str]
    rest: tuple[str, ...]
    named: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


class _Reader:
    """A text whose understood stretches are blanked one after another."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(self, start: int, end: int) -> None:
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]

    def take_all(self, pattern: re.Pattern[str]) -> bool:
        """Blanks every match; whether there was one."""
        matches = list(pattern.finditer(self.text))
        for match in matches:
            self.take(*match.span())
        return bool(matches)

    def sees(self, pattern: re.Pattern[str]) -> bool:
        return bool(pattern.search(self.text))


def read_ask(
    question: str, *, names: Names, concepts: Concepts, lexical: Lexical, products: Sequence[str] = (), attributes: Mapping[str, Attribute] | None = None
) -> Ask:
    """Reads a question. `products` are SKUs known from elsewhere (slots, the conversation), `attributes` are the catalogue's."""
    text = to_simplified(fold(question))
    reader = _Reader(text)
    mentions = names.find(text)
    named = products_of(mentions)
    also = tuple(dict.fromkeys(sku for mention in mentions if len(mention.ids(PRODUCT)) == 1 for sku in mention.ids(PRODUCT) if sku not in named))
    asked, families, relations = (_ids(mentions, kind) for kind in (ATTRIBUTE, FAMILY, RELATION))
    sense = _sense(reader)
    # a unit asked for reads like a quantity in Chinese: 几千瓦 is no thousand watts
    spoken = {at for mention in mentions for at in range(mention.start, mention.end)}
    quantities = tuple(each for each in find_quantities(text) if not canonical_unit(each.text) and each.start not in spoken)
    target = _target(text, quantities)
    rates = [each for each in quantities if each.text[:2].lower() in ("a ", "an")]
    quantities = tuple(each for each in quantities if each not in rates)
    bounds, free = _bounds(text, [*mentions, *_pseudo_mentions(text)], quantities, attributes or {})
    for start, end in [*((mention.start, mention.end) for mention in mentions), *((each.start, each.end) for each in (*quantities, *rates))]:
        reader.take(start, end)
    held = content_asked(text)
    pseudo = tuple(key for key, pattern in cues.PSEUDO if reader.take_all(pattern) and not (held is not None and key == PRICE))
    if not asked and not pseudo:
        asked, sense = _compared(reader, names, sense)
    apart = bool(cues.APART.search(text))
    if apart:
        reader.take_all(cues.APART)
        reader.take_all(cues.APART_LEFT)
    overview = not asked and not pseudo and reader.take_all(cues.OVERVIEW)
    own = {name for name, seen in (("apart", apart), ("overview", overview)) if seen}
    said = frozenset(name for name, pattern in cues.CUES if reader.take_all(pattern)) | own
    if sense and asked + pseudo and "which" in said:
        reader.take_all(cues.APART_LEFT)  # 哪个质保长: the adjective is the sense
    if bounds:
        reader.take_all(cues.AT_MOST)
        reader.take_all(cues.AT_LEAST)
    reader.take_all(cues.MORE)
    reader.take_all(cues.LESS)
    asked = (*asked, *pseudo)
    rest = _rest(reader.text, asked, names=names, concepts=concepts, lexical=lexical, has_target=bool(target))
    return Ask(tuple(products) or named, families, asked, relations, bounds, free, target, sense, said, rest, named, also)


def _pseudo_mentions(text: str) -> list[Mention]:
    """Price and warranty are asked for like attributes, though every product has them."""
    return [Mention(*match.span(), ((ATTRIBUTE, key),)) for key, pattern in cues.PSEUDO for match in pattern.finditer(text)]


def _compared(reader: _Reader, names: Names, sense: int) -> tuple[tuple[str, ...], int]:
    """The attribute a comparative stands for: quieter is less noise."""
    for pattern, words, way in cues.COMPARATIVES:
        if not reader.sees(pattern):
            continue
        found = [mention for word in words for mention in names.find(word)]
        attributes = [name for mention in found for name in mention.ids(ATTRIBUTE)]
        if attributes and reader.take_all(pattern):
            return (attributes[0],), way
    return (), sense


def _ids(mentions: Iterable[Mention], kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for mention in mentions for name in mention.ids(kind)))


def _sense(reader: _Reader) -> int:
    if reader.sees(cues.LESS) or reader.sees(cues.PLAIN_LESS):
        return -1
    return 1 if reader.sees(cues.MORE) or reader.sees(cues.PLAIN_MORE) else 0


def _target(text: str, quantities: Sequence[Quantity]) -> str:
    """The unit an answer is wanted in: "in bar", 多少 L/min, 几伏; not the unit of a quantity that stands there, and no unit of time."""
    for match in cues.TARGET.finditer(text):
        if any(each.start <= match.start() < each.end for each in quantities):
            continue
        spelled = match.group("zh") or match.group("en")
        unit = next((found for end in range(len(spelled), 0, -1) if (found := canonical_unit(spelled[:end]))), "")
        whole = spelled[:1] > "\u2e80" or canonical_unit(spelled)
        if unit and whole and spelled.lower() not in cues.NO_TARGET and dimension(unit) not in ("time", "months", "workdays"):
            return unit
    return ""


def _bounds(
    text: str, mentions: Sequence[Mention], quantities: Sequence[Quantity], attributes: Mapping[str, Attribute]
) -> tuple[tuple[Bound, ...], tuple[Quantity, ...]]:
    """Values that belong to a named attribute: the nearest one of the same dimension, or a bare number right behind the attribute's word."""
    units = {WARRANTY: "month", **{name: attribute.unit for name, attribute in attributes.items()}}
    bounds: list[Bound] = []
    free: list[Quantity] = []
    spots = [mention for mention in mentions if mention.ids(ATTRIBUTE)]
    for quantity in quantities:
        near = [spot for spot in spots if _fits_dimension(spot, quantity, units)]
        spot = min(near, key=lambda each: _distance(each, quantity), default=None)
        name = spot.ids(ATTRIBUTE)[0] if spot is not None and _distance(spot, quantity) <= cues.NEAR else _only(quantity, attributes, spots)
        if name:
            bounds.append(Bound(name, quantity.high or quantity.value, quantity.unit, _bound_sense(text, quantity.start, quantity.end)))
        else:
            free.append(quantity)
    taken = {bound.attribute for bound in bounds}
    named = [(mention.start, mention.end) for mention in mentions if mention.ids(PRODUCT)]
    closed = [*named, *((each.start, each.end) for each in quantities)]
    for spot in spots:
        name = spot.ids(ATTRIBUTE)[0]
        match = cues.BEHIND.match(text, spot.end) or cues.BEFORE.search(text[: spot.start])
        if match and name not in taken and not any(start <= match.start(1) < end for start, end in closed):
            bounds.append(
                Bound(name, Decimal(match.group(1)), units.get(name, ""), _bound_sense(text, min(spot.start, match.start(1)), max(spot.end, match.end(1))))
            )
    return tuple(bounds), tuple(free)


def _only(quantity: Quantity, attributes: Mapping[str, Attribute], spots: Sequence[Mention]) -> str:
    """Beside a named attribute, the one attribute measured in this unit, or the one of several that a buyer wants high; never the one that is named."""
    asked = {name for spot in spots for name in spot.ids(ATTRIBUTE)}
    same = [name for name, attribute in attributes.items() if canonical_unit(attribute.unit) == quantity.unit and name not in asked]
    wanted = same if len(same) == 1 else [name for name in same if attributes[name].better == "higher"]
    return wanted[0] if len(wanted) == 1 and asked else ""


def _fits_dimension(spot: Mention, quantity: Quantity, units: Mapping[str, str]) -> bool:
    unit = canonical_unit(units.get(spot.ids(ATTRIBUTE)[0], ""))
    return not unit or dimension(unit) == quantity.dimension


def _distance(spot: Mention, quantity: Quantity) -> int:
    return quantity.start - spot.end if quantity.start >= spot.end else spot.start - quantity.end


def _bound_sense(text: str, start: int, end: int) -> int:
    around = text[max(0, start - 14) : end + 6]
    if cues.AT_MOST.search(around):
        return -1
    return 1 if cues.AT_LEAST.search(around) else 0


def _rest(text: str, asked: Sequence[str], *, names: Names, concepts: Concepts, lexical: Lexical, has_target: bool) -> tuple[str, ...]:
    """The content terms left over, less those that say an asked attribute in other words."""
    known: set[str] = set()
    for said in (said for name in asked for said in names.spoken.get(name, ())):
        known.update(said, concepts.of(said))
    left = []
    for term in dict.fromkeys(tokens(text, concepts=concepts, lexical=lexical)):
        if not is_content(term) or term in LIGHT or term in cues.QUALIFIERS or term in known or re.fullmatch(r"\d+(?:\.\d+)?", term):
            continue
        if known.intersection(concepts.of([term])) or (has_target and (canonical_unit(term) or term in cues.MEASURED)):
            continue
        left.append(term)
    return tuple(left)

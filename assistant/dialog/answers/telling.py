"""What every answer is told with: the facts, the scope, the workspace's words, and how values, places and sentences are made of them; it decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from assistant.knowledge.asks import Ask
from assistant.knowledge.facts import Edge, FactTable, display
from assistant.knowledge.reason import Value
from assistant.knowledge.rows import LABELS
from assistant.text.fold import fold
from assistant.text.format import format_number
from assistant.text.script import to_simplified
from assistant.types import Answer, Citation, Language, Sentence

SENTENCES = 4
SURE = 0.97


class Says(Protocol):
    """The workspace's texts in words."""

    def say(self, key: str, language: Language, **variables: object) -> str: ...


@dataclass(frozen=True, slots=True)
class Telling:
    """What a fact answer is made with. `allowed` is the scope's mask over the snapshot's sections; `text` the question."""

    table: FactTable
    ask: Ask
    allowed: Sequence[bool]
    says: Says
    language: Language
    text: str

    @property
    def variant(self) -> str:
        return "en" if self.language == "en" else "zh"

    def name(self, sku: str) -> str:
        return display(sku, self.table.catalog, self.variant)

    def attribute(self, attribute: str) -> str:
        spec = self.table.catalog.attributes.get(attribute)
        names = spec.name if spec else LABELS.get(attribute, {})
        return str(names.get(self.variant) or attribute)

    def names_attribute(self, attribute: str) -> bool:
        """Whether the question names an attribute by one of its words, and does not only mean it."""
        spec = self.table.catalog.attributes.get(attribute)
        said = to_simplified(fold(self.text)).lower()
        spoken = [*spec.name.values(), *(word for words in spec.words.values() for word in words)] if spec else []
        return any(word.lower() in said for word in spoken)

    def relation(self, relation: str) -> str:
        spec = self.table.catalog.relations.get(relation)
        return str(spec.name.get(self.variant) or relation) if spec else relation

    def sentence(self, key: str, citations: Iterable[Citation], **variables: object) -> Sentence:
        return Sentence(self.says.say(key, self.language, **variables), tuple(dict.fromkeys(citations)))

    def places(self, values: Iterable[Value]) -> tuple[Citation, ...]:
        """One citation for each source that states the values, two sources a value at most."""
        return tuple(self.table.citation(fact.section, fact.start, fact.end) for value in values for fact in value.facts[:2])

    def edge_places(self, edges: Iterable[Edge]) -> tuple[Citation, ...]:
        found = []
        for edge in edges:
            shown = [number for number in edge.sections if self.allowed[number]]
            found += [self.table.citation(number, 0, len(self.table.snapshot.sections[number].text)) for number in shown[:1]]
        return tuple(found)

    def item(self, value: Value) -> dict[str, str]:
        return {"product": self.name(value.subject), "attribute": self.attribute(value.attribute), "value": value.facts[0].value, "converted": converted(value)}


def made(kind: str, sentences: Sequence[Sentence], *, products: Iterable[str] = (), attribute: str = "", support: float = SURE) -> Answer | None:
    """An answer of at most SENTENCES sentences; None of none."""
    if not sentences:
        return None
    return Answer(kind, tuple(sentences[:SENTENCES]), support, tuple(dict.fromkeys(products)), attribute)


def converted(value: Value) -> str:
    """The value in the unit asked for, rounded to what its own digits carry; "" when no other unit is asked."""
    if value.converted is None:
        return ""
    low, high, unit = value.converted
    return figure(low, unit) if high is None else f"{plain(low)}–{figure(high, unit)}"


def figure(number: Decimal, unit: str) -> str:
    return f"{plain(number)} {unit}"


def plain(number: Decimal) -> str:
    """Up to two decimals, four digits for small numbers."""
    places = Decimal("0.01") if abs(number) >= 1 else Decimal("0.0001")
    return format_number(number.quantize(places, ROUND_HALF_UP), "en")


def capital(text: str) -> str:
    """A label at the beginning of a sentence."""
    return text[:1].upper() + text[1:]

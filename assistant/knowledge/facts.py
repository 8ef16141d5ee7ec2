"""What the catalogue and the spec tables state: attributes of products and edges between them, each with its place; questions are read in `asks.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.knowledge.markdown import Cell, Table, tables
from assistant.knowledge.mentions import ATTRIBUTE, PRODUCT, Names
from assistant.knowledge.rows import CUSTOM, DOCUMENT, FAMILY, LABELS, PRICE, WARRANTY
from assistant.knowledge.snapshot import Snapshot
from assistant.store.knowledge import SectionRow
from assistant.text.fold import fold
from assistant.text.units import Quantity, find_quantities
from assistant.types import Citation
from assistant.workspace.model import Catalog

_MONEY = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_NOTHING = {"", "-", "–", "—", "/", "n/a", "无", "none"}
_UNIT_TAIL = re.compile(r"\s*[（(][^（）()]*[）)]\s*$")


@dataclass(frozen=True, slots=True)
class Fact:
    """`subject` has `value` as its `attribute`, as section number `section` of the snapshot says at `start:end`; `label` is the attribute as written there."""

    subject: str
    attribute: str
    label: str
    value: str
    section: int
    start: int
    end: int
    from_catalog: bool

    @property
    def quantity(self) -> Quantity | None:
        """The value as a quantity, when it is one."""
        found = find_quantities(fold(self.value))
        return found[0] if found else None

    @property
    def amount(self) -> Decimal | None:
        """What the value is compared by: a range counts with its upper end, a price by its digits."""
        quantity = self.quantity
        if quantity is not None:
            return quantity.high if quantity.high is not None else quantity.value
        found = _MONEY.search(self.value)
        return Decimal(found.group().replace(",", "")) if found else None


@dataclass(frozen=True, slots=True)
class Edge:
    """`object` serves `subject` in the relation; stated by the sections `sections` (one per language)."""

    subject: str
    relation: str
    object: str
    sections: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FactTable:
    """All facts and edges of one snapshot. Facts stay in document order; the catalogue's come first."""

    snapshot: Snapshot
    catalog: Catalog
    facts: Mapping[tuple[str, str], tuple[Fact, ...]]
    edges: tuple[Edge, ...]

    def about(self, subject: str, attribute: str, allowed: Sequence[bool]) -> tuple[Fact, ...]:
        """The facts a caller may see. `allowed` is the scope's mask over sections; a fact that differs from the first one is left out."""
        seen = [fact for fact in self.facts.get((subject, attribute), ()) if allowed[fact.section]]
        return tuple(fact for fact in seen if _same(fact, seen[0]))

    def attributes(self, subject: str) -> tuple[str, ...]:
        return tuple(attribute for sku, attribute in self.facts if sku == subject)

    def citation(self, number: int, start: int, end: int) -> Citation:
        """The place `start:end` of a section, quoted."""
        section = self.snapshot.sections[number]
        document = self.snapshot.documents[int(self.snapshot.document[number])]
        title = document.title if not section.heading else f"{document.title} > {section.heading}"
        return Citation(section.document, section.version, section.id, section.text[start:end], start, end, title)


def _same(fact: Fact, other: Fact) -> bool:
    if fact.attribute == PRICE:
        return fact.amount == other.amount
    mine, theirs = fact.quantity, other.quantity
    if mine is not None and theirs is not None:
        return (mine.value, mine.high, mine.unit) == (theirs.value, theirs.high, theirs.unit)
    return _key(fact.value) == _key(other.value)


def _key(value: str) -> str:
    return re.sub(r"\s+", "", value).lower()


def fact_table(snapshot: Snapshot, catalog: Catalog, names: Names) -> FactTable:
    """Reads every spec table and catalogue section of a snapshot."""
    facts: dict[tuple[str, str], list[Fact]] = {}
    edges: dict[tuple[str, str, str], list[int]] = {}
    for number, section in enumerate(snapshot.sections):
        if section.kind == "edge":
            subject, target = section.products
            relation = section.id[len(subject) + 1 : -len(target) - 1]
            edges.setdefault((subject, relation, target), []).append(number)
            continue
        found = _row_facts(section, number, catalog) if section.document == DOCUMENT else _table_facts(section, number, names)
        for fact in found:
            facts.setdefault((fact.subject, fact.attribute), []).append(fact)
    ordered = {key: tuple(sorted(found, key=lambda fact: not fact.from_catalog)) for key, found in facts.items()}
    return FactTable(snapshot, catalog, ordered, tuple(Edge(*key, tuple(numbers)) for key, numbers in edges.items()))


def _row_facts(section: SectionRow, number: int, catalog: Catalog) -> Iterator[Fact]:
    """A catalogue row: one line "label: value" a fact."""
    labels = {name.get(section.language, ""): key for key, name in LABELS.items()}
    labels |= {attribute.name.get(section.language, ""): key for key, attribute in catalog.attributes.items()}
    at = 0
    for line in section.text.split("\n"):
        label, sign, value = line.partition(": ")
        if sign and label in labels:
            yield Fact(section.products[0], labels[label], label, value, number, at, at + len(line), from_catalog=True)
        at += len(line) + 1


def _table_facts(section: SectionRow, number: int, names: Names) -> Iterator[Fact]:
    if "|" not in section.text:
        return
    shift = len(section.context) + 1 if section.context else 0
    whole = f"{section.context}\n{section.text}" if shift else section.text
    for table in tables(whole):
        for subject, attribute, label, value in _cells(table, section, names):
            start, end = min(label.start, value.start) - shift, max(label.end, value.end) - shift
            if start >= 0:
                yield Fact(subject, attribute, label.text, value.text, number, start, end, from_catalog=False)


def _cells(table: Table, section: SectionRow, names: Names) -> Iterator[tuple[str, str, Cell, Cell]]:
    """(subject, attribute, label cell, value cell) of a table whose rows are attributes, or whose rows are products."""
    columns = [names.products(cell.text) for cell in table.header]
    for row in table.rows:
        if not row:
            continue
        attribute = attribute_named(row[0].text, names)
        subjects = names.products(row[0].text)
        for column, cell in enumerate(row[1:], start=1):
            if cell.text.strip().lower() in _NOTHING or column >= len(table.header):
                continue
            about = columns[column] or (section.products if len(section.products) == 1 and len(row) == 2 else ())
            if attribute and len(about) == 1:
                yield about[0], attribute, row[0], cell
            elif subjects and (named := attribute_named(table.header[column].text, names)):
                for subject in subjects:
                    yield subject, named, row[0], cell


def attribute_named(label: str, names: Names) -> str:
    """The attribute that a label is the name of, as a whole; "" for any other label ("bearing temperature" is no temperature of the medium)."""
    bare = _UNIT_TAIL.sub("", label).strip()
    found = names.find(bare)
    if len(found) == 1 and bare[: found[0].start].strip() == "" and bare[found[0].end :].strip() == "":
        ids = found[0].ids(ATTRIBUTE)
        if len(ids) == 1:
            return ids[0]
    lowered = bare.lower()
    for key in (PRICE, WARRANTY):
        if lowered in (name.lower() for name in LABELS[key].values()):
            return key
    return ""


def display(sku: str, catalog: Catalog, language: str) -> str:
    """How a product is called in a sentence: its SKU when the name holds it, else name and SKU."""
    product = catalog.products.get(sku)
    name = product.name.get(language, "") if product else ""
    if not name or sku.lower() in name.lower():
        return sku
    return f"{name}（{sku}）" if language == "zh" else f"{name} ({sku})"


__all__ = ["CUSTOM", "FAMILY", "PRICE", "PRODUCT", "WARRANTY", "Edge", "Fact", "FactTable", "attribute_named", "display", "fact_table"]

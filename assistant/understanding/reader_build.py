"""Builds the reader of a workspace from its files' words; it trains the intent model or takes it from the cache."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from assistant.ports import Encoder
from assistant.text.calendar import BusinessCalendar
from assistant.text.fold import fold
from assistant.text.units import find_quantities
from assistant.understanding.intents.few import few_of
from assistant.understanding.intents.recognise import train, vocabulary_of
from assistant.understanding.reader import Reader, Words
from assistant.understanding.safety import injection_patterns
from assistant.understanding.sentiment import mood_words
from assistant.understanding.slots.picking import PRICE, Measures
from assistant.understanding.slots.read import SlotLexicon, build_slot_lexicon
from assistant.workspace.model import Workspace


class Worded(Protocol):
    """A family or attribute: its name and how people call it, per language."""

    @property
    def name(self) -> Mapping[str, str]: ...

    @property
    def words(self) -> Mapping[str, tuple[str, ...]]: ...


def build_reader(workspace: Workspace, *, encoder: Encoder, calendar: BusinessCalendar, cache: Path | None = None) -> Reader:
    """The reader of a company. Seconds when the intents are new, milliseconds when `cache` knows them.

    Raises ValueError (no two intents with examples, a broken injection pattern) and BackendUnavailable.
    """
    lexicon = slot_lexicon(workspace)
    vocabulary = vocabulary_of(workspace, order_pattern=lexicon.shape.strict.pattern)
    model = train(workspace.intents, encoder, vocabulary=vocabulary, cache=cache)
    units = {name: attribute.unit for name, attribute in workspace.catalog.attributes.items()}
    few = few_of(workspace.intents, workspace.procedures, tickets=workspace.tickets, catalog=workspace.catalog)
    mood, manipulation = mood_words(workspace.lexicon), injection_patterns(workspace.lexicon)
    return Reader(model, Words(lexicon, mood, manipulation, calendar, measures_of(workspace), units, few))


def measures_of(workspace: Workspace) -> Measures:
    """What each product of the catalogue has that can be counted: its price, and every attribute that is one figure; of a range its upper end."""
    found: dict[str, dict[str, tuple[Decimal, str]]] = {}
    for sku, product in workspace.catalog.products.items():
        found[sku] = {PRICE: (Decimal(product.price), "")}
        for name, value in product.specs.items():
            quantities = find_quantities(fold(value))
            if quantities:
                found[sku][name] = (quantities[0].high or quantities[0].value, quantities[0].unit)
    return found


def slot_lexicon(workspace: Workspace) -> SlotLexicon:
    """The words of the catalogue and the regions, and the order numbers of the fixture as examples of their shape."""
    catalog = workspace.catalog
    return build_slot_lexicon(
        [(sku, tuple(product.name.values()), product.words, product.family) for sku, product in catalog.products.items()],
        list(_groups(catalog.families)),
        attributes=list(_groups(catalog.attributes)),
        orders=workspace.fixture.orders,
        number_pattern=workspace.settings.orders.number_pattern,
        places=[word for words in workspace.regions.values() for word in words],
        units=sorted({unit for product in catalog.products.values() for unit in product.unit.values()}),
    )


def _groups(found: Mapping[str, Worded]) -> Iterable[tuple[str, list[str]]]:
    for name, group in found.items():
        yield name, [*group.name.values(), *(word for words in group.words.values() for word in words)]

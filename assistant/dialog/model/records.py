"""Records as a model may read and repeat them: money in its own notation, states and specifications by name, nothing internal; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.dialog.moment import World
from assistant.text.format import format_money
from assistant.types import Json, Language

MONEY = frozenset({"price", "amount", "fee"})
# what is of no use to a customer
INTERNAL = frozenset({"version", "note", "company"})


@dataclass(frozen=True, slots=True)
class Shown:
    """How one company shows records in one language."""

    world: World
    language: Language

    def __call__(self, data: Json, *, currency: str = "") -> Json:
        """The same data for reading; `currency` is that of the record around it."""
        match data:
            case dict():
                own = str(data.get("currency") or currency or self.world.workspace.currency)
                return {
                    key: self._field(key, value, own) for key, value in data.items() if key not in INTERNAL and key != "currency" and value not in (None, "")
                }
            case list():
                return [self(value, currency=currency) for value in data]
            case _:
                return data

    def _field(self, key: str, value: Json, currency: str) -> Json:
        if key in MONEY and isinstance(value, int):
            return format_money(value, currency, self.language)
        if key == "status" and isinstance(value, str):
            return self.world.wording.templates.name("status", value, self.language)
        if key == "sku" and isinstance(value, str):
            product = self.world.workspace.products.get(value)
            return self.world.wording.pick(product.name, self.language) if product else value
        if key == "name" and isinstance(value, dict):
            return self.world.wording.pick({name: str(text) for name, text in value.items()}, self.language)
        if key == "specs" and isinstance(value, dict):
            return {self._attribute(name): text for name, text in value.items()}
        return self(value, currency=currency)

    def _attribute(self, name: str) -> str:
        spec = self.world.workspace.catalog.attributes.get(name)
        return self.world.wording.pick(spec.name, self.language) if spec else name


def as_text(data: Json) -> str:
    """A record as lines of "key: value"."""
    match data:
        case Mapping():
            return "; ".join(f"{key.replace('_', ' ')}: {as_text(value)}" for key, value in data.items())
        case list():
            return "\n".join(as_text(value) for value in data)
        case _:
            return str(data)

"""Remembers which products a turn showed side by side, so that "the second one" and "the lighter one" can be read in the next; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.state import State
from assistant.knowledge.facts import display
from assistant.types import Answer

SIDE_BY_SIDE = frozenset({"comparison", "spec", "price"})
LISTED = frozenset({"list", "offer", "selection"})


def remembered(moment: Moment, state: State, decisions: Sequence[Decision]) -> State:
    """The state with the products that were named or shown together in this turn; a list of orders, or talk of another product, takes their place."""
    if state.listed and state.listed != moment.state.listed:
        return replace(state, shown=())
    shown = _named(moment) or _told(moment, decisions)
    if shown:
        return replace(state, shown=shown, listed=() if state.procedure is None else state.listed)
    if state.shown and state.products and not set(state.products) & set(state.shown):
        return replace(state, shown=())
    return state


def _named(moment: Moment) -> tuple[str, ...]:
    """The products that the message itself sets beside each other, in the order it names them."""
    slots = sorted((slot for slot in moment.reading.slots if slot.name == "product" and not slot.candidates), key=lambda slot: slot.start)
    found = tuple(dict.fromkeys(str(slot.value) for slot in slots if moment.product(str(slot.value)) is not None))
    return found if len(found) > 1 else ()


def _told(moment: Moment, decisions: Sequence[Decision]) -> tuple[str, ...]:
    """The products of the last answer that holds several against each other or lists them."""
    for decision in reversed(decisions):
        answer = decision.answer
        if answer is None:
            continue
        found = answer.products if answer.kind in SIDE_BY_SIDE else _read_off(moment, answer) if answer.kind in LISTED else ()
        if len(found) > 1:
            return found
    return ()


def _read_off(moment: Moment, answer: Answer) -> tuple[str, ...]:
    """The products that an answer names, in the order in which it is read."""
    text = "\n".join(sentence.text for sentence in answer.sentences)
    catalog, variant = moment.world.workspace.catalog, "en" if moment.language == "en" else "zh"
    places = {sku: text.find(display(sku, catalog, variant)) for sku in catalog.products}
    return tuple(sorted((sku for sku, at in places.items() if at >= 0), key=lambda sku: places[sku]))

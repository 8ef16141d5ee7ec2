"""Every slot a message mentions, with the span it was read from; what a procedure makes of them is its own business.

Slots by name: order, order_ref, quantity, item, product, unknown_product, family, attribute, address, tax_id, title, phone, email, option.
Dates are read in `dates.py`, yes and no in `yesno.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import Hints, Slot
from assistant.understanding.slots.address import read_addresses
from assistant.understanding.slots.amounts import read_amounts
from assistant.understanding.slots.lexicon import SlotLexicon, build_slot_lexicon
from assistant.understanding.slots.orders import read_orders, read_shaped_orders
from assistant.understanding.slots.parties import read_emails, read_phones, read_tax_ids, read_titles
from assistant.understanding.slots.products import read_families, read_products, read_unknown
from assistant.understanding.slots.references import read_options, read_references
from assistant.understanding.slots.scan import Scan, blot_decoys
from assistant.understanding.slots.words import match_words

__all__ = ["SlotLexicon", "build_slot_lexicon", "find_slots", "match_words"]

_BOUND = 3000  # what is said beyond the first screens of a message is not a value of a slot


def find_slots(text: str, *, hints: Hints, lexicon: SlotLexicon, taken: Sequence[tuple[int, int]] = ()) -> tuple[Slot, ...]:
    """All slots of folded `text`, in the order they were said; spans index `text`, `source` is the hints' message id.

    `taken` are spans already read as dates: no number is read there. Values: order number, tax id, title, phone ("+4940123"), e-mail and address as
    strings; product a SKU (other readings in `candidates`; note "new" for the one to get in an exchange); option 1-based, -1 for the last, or
    "cheaper" / "dearer"; item {"sku", "quantity"}; quantity a number, {"delta": n}, {"relative": "half" | "all" | "all_but" | "double" | "percent", "n"?},
    or what must be asked again: {"about": n} (note "ambiguous") and {"range": [low, high]} (note "range"); order_ref {"all": true, "except"?: [numbers]},
    {"same": true}, {"ordinal": n}, {"last": true, "family"? | "sku"?} or, without a word for the last one, {"family"} or {"sku"}.
    A slot that took another's place has the note "corrected".
    """
    scan = Scan(text[:_BOUND], hints, lexicon)
    read_emails(scan)
    read_tax_ids(scan)
    read_phones(scan)
    read_shaped_orders(scan)
    read_products(scan)
    read_titles(scan)
    read_addresses(scan)
    blot_decoys(scan, taken)
    read_options(scan)
    read_unknown(scan)
    read_orders(scan)
    read_families(scan)
    read_references(scan)
    read_amounts(scan)
    return tuple(sorted(scan.found, key=lambda slot: (slot.start, slot.end)))

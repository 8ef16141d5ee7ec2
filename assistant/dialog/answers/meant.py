"""What a question means that names its attribute only in part, by what it is of, or by an adjective ("which is earlier"); it tells nothing."""

from __future__ import annotations

from dataclasses import replace

from assistant.knowledge import reason
from assistant.knowledge.adjectives import better, compared_by
from assistant.knowledge.asks import Ask
from assistant.knowledge.base import Knowledge
from assistant.knowledge.contents import by_idea, content_asked, partly_named
from assistant.knowledge.mentions import PRODUCT, RELATION
from assistant.knowledge.rows import PRICE, WARRANTY

PARTLY = 3  # so many products a question may be about whose attribute it names only in part
STEM, LEAST = 4, 2
_OTHERS = frozenset({"fits", "choose", "difference", "apart", "convert"})


def meant(ask: Ask, text: str, knowledge: Knowledge) -> Ask:
    """The question with the one attribute that it means; as it is where it names one itself, or means none or several."""
    if ask.bounds or ask.quantities:
        return ask
    ask = _itself(ask, text, knowledge)
    return _compared(ask, text, knowledge) or _partly(ask, text, knowledge) or ask


def _itself(ask: Ask, text: str, knowledge: Knowledge) -> Ask:
    """The question without a relation that only the product's own name says, where one of its own figures is asked ("how many cups does a water filter last"),
    and without an attribute that none of its products has beside one that they have."""
    facts = knowledge.facts().facts
    held = tuple(name for name in ask.attributes if any((sku, name) in facts for sku in ask.products))
    if content_asked(text) is None or not held:
        return ask
    apart = {name for mention in knowledge.names.find(text) if not mention.ids(PRODUCT) for name in mention.ids(RELATION)}
    return replace(ask, attributes=held, relations=tuple(name for name in ask.relations if name in apart))


def _compared(ask: Ask, text: str, knowledge: Knowledge) -> Ask | None:
    """The attribute that goods are set against each other by, and which way; for one that is named, which way "better" is."""
    table, attributes = knowledge.facts(), knowledge.catalog.attributes
    skus = reason.subjects(table, ask)
    if len(skus) < 2 or len(skus) > reason.MOST or {PRICE, WARRANTY} & set(ask.attributes):
        return None
    if ask.attributes:
        way = better(text, attributes.get(ask.attributes[0])) if not ask.sense else 0
        return replace(ask, sense=way) if way else None
    shared = {name: attribute for name, attribute in attributes.items() if all((sku, name) in table.facts for sku in skus)}
    found = compared_by(text, shared)
    if found is None:
        return None
    known = {*found.adjective.said, *(word for phrase in knowledge.names.spoken.get(found.attribute, ()) for word in phrase)}
    spoken = attributes[found.attribute]
    phrases = "\n".join((*spoken.name.values(), *(word for words in spoken.words.values() for word in words)))

    def explained(term: str) -> bool:
        bare = next((term.removesuffix(word) for word in found.adjective.all_han if term.endswith(word)), term)
        return any(word == term or _alike(word, term) for word in known) or (not term.isascii() and len(bare) >= LEAST and bare in phrases)

    left = tuple(term for term in ask.rest if not explained(term))
    return replace(ask, attributes=(found.attribute,), sense=found.sense, rest=left)


def _alike(one: str, other: str) -> bool:
    """Whether two English words are of one stem ("matures", "maturity")."""
    short, long = sorted((one, other), key=len)
    return len(short) >= STEM and short.isascii() and long.startswith(short)


def _partly(ask: Ask, text: str, knowledge: Knowledge) -> Ask | None:
    """The attribute that a question names only in part, or by what it is of ("how much n in urea", "does it go in the fridge")."""
    table, catalog = knowledge.facts(), knowledge.catalog
    skus = reason.subjects(table, ask)
    if not skus or len(skus) > PARTLY or ask.sense or ask.cues & _OTHERS:
        return None
    known = {sku: table.attributes(sku) for sku in skus}
    if any(name in known[sku] for name in ask.attributes for sku in skus):
        return None
    held = content_asked(text)
    if held is not None:
        families = tuple({catalog.products[sku].family for sku in skus if sku in catalog.products})
        name = partly_named(held, skus, catalog.attributes, known=known, names=knowledge.names, families=families)
        # a part that is asked about by its own name ("a water filter") is no part of something else
        whole = all(any(edge.object == sku and edge.relation in ask.relations for edge in table.edges) for sku in skus)
        return replace(ask, attributes=(name,), rest=(), relations=() if whole else ask.relations) if name else None
    name = by_idea(ask.rest, skus, catalog.attributes, known=known, concepts=knowledge.concepts) if ask.rest and not ask.attributes else ""
    return replace(ask, attributes=(name,), rest=()) if name else None

"""Answers a list of things asked of a product ("P-200: price, seal?") in the order asked: from facts, else from documents, or said to be in neither."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.dialog.answers.telling import SURE, Telling
from assistant.knowledge import cues, reason
from assistant.knowledge.mentions import ATTRIBUTE, FAMILY, PRODUCT, RELATION, Mention, Names, products_of
from assistant.knowledge.reason import Value
from assistant.knowledge.rows import CUSTOM, PRICE
from assistant.knowledge.terms import LIGHT, is_content, terms
from assistant.text.fold import fold
from assistant.text.script import to_simplified
from assistant.types import Answer, Sentence
from assistant.understanding.questions import asks

LISTED = "listed"  # the kind of such an answer
LEAST, MOST, PRODUCTS = 2, 10, 3
_CUT = re.compile(
    r"[,，、;；&|?？!！:：\n]|(?<!\d)/|\.(?=\s|$)|(?<=\s)(?:and|plus|also|as well as)(?=\s)|以及|还有|[和与及跟]|(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"库存|现货|有货|[一总]共|总计|合计|加起来|请问|麻烦|告诉|我[想要们]*|知道|[请问说查看给报发]|一?下|分别|各自?|都|[是有的啥吗呢么]|什么|多少|哪[些个款种]?|[几多][大高长重久]?|怎么样?|如何|多久|用|配|它|这[款个台]?|那[款个台]?|型号"
    r"|\b(?:altogether|together|in total|total|in all"
    r"|in stock|stock|availability|what(?:'s|s)?|which|how|much|many|long|big|high|tell|give|send|me|us|please|pls|need|want|like|know|get"
    r"|have|has|do|does|it|its"
    r"|is|are|for|of|on|the|a|an"
    r"|i|we|you|your|can|could|would|to|about|with|in|type|kind|model|size|thanks?|hi|hello|hey|info|details?)\b",
    re.IGNORECASE,
)
_HEADED = re.compile(r"\s*[:：]")
_PRONOUN = re.compile(r"[它其]|\b(?:it|its|they|their|them)\b", re.IGNORECASE)
_SHORT_HAN, _SHORT_WORDS = 8, 3
_NOT_LISTS = frozenset({"difference", "apart", "choose", "enough", "convert", "count", "list", "overview"})


@dataclass(frozen=True, slots=True)
class _Want:
    """One thing asked: attributes it may name (price and warranty too), relations and families of parts, or only words that the catalogue does not know."""

    text: str
    attributes: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    products: tuple[str, ...] = ()

    @property
    def part(self) -> bool:
        return bool(self.relations or self.families)


def listed(telling: Telling, names: Names, passages: Callable[[str], Answer | None]) -> Answer | None:
    """The answer to a list of at least two things of a product or a few, one after another; None when a text is no such list."""
    ask = telling.ask
    if not ask.products or len(ask.products) > PRODUCTS or ask.bounds or ask.quantities or ask.target or ask.sense or ask.cues & _NOT_LISTS:
        return None
    wants = _wants(telling, names)
    if wants is None or len(wants) < LEAST or not any(want.attributes or want.part for want in wants):
        return None
    if all(set(want.attributes) & set(telling.table.catalog.attributes) and not want.products for want in wants):
        return None  # values only, which one sentence a product tells
    sentences: list[Sentence] = []
    passed: list[Answer] = []
    about = tuple(dict.fromkeys(sku for want in wants for sku in want.products)) if all(want.products for want in wants) else ask.products
    for sku in about[:PRODUCTS]:
        run: list[Value] = []
        for want in (want for want in wants if not want.products or sku in want.products):
            values = reason.values(telling.table, (sku,), want.attributes, telling.allowed)[:1]
            if values:
                run += values
                continue
            sentences += _valued(telling, sku, run)
            run = []
            sentences += _parts(telling, sku, want) or _said(telling, sku, want, passages, passed)
        sentences += _valued(telling, sku, run)
    kept = tuple(dict.fromkeys(sentences))[:MOST]
    support = min([SURE, *(answer.support for answer in passed)])
    cited = tuple(dict.fromkeys(passage for answer in passed for passage in answer.passages))
    return Answer(LISTED, kept, support, about[:PRODUCTS], passages=cited) if any(sentence.citations for sentence in kept) else None


def _wants(telling: Telling, names: Names) -> list[_Want] | None:
    """What a text asks for, chunk by chunk; None when one of the chunks says something else than a name of a thing asked."""
    text = to_simplified(fold(telling.text))
    mentions = [*names.find(text), *(Mention(*match.span(), ((ATTRIBUTE, key),)) for key, pattern in cues.PSEUDO for match in pattern.finditer(text))]
    found: list[_Want] = []
    heading: tuple[str, ...] = ()
    for start, end in _chunks(text, mentions):
        inside = sorted((mention for mention in mentions if start <= mention.start and mention.end <= end), key=lambda mention: mention.start)
        asked = [(mention, want) for mention in inside if (want := _want(telling, text, mention)) is not None]
        wants = [want for _, want in asked]
        for (before, left), (behind, right) in pairwise(asked):
            # "seal price" and "price of the seal" are one thing asked, "price seal drive" are three
            if (left.part and not right.part) or text[before.end : behind.start].strip():
                return None
        about = products_of([mention for mention in inside if _want(telling, text, mention) is None])
        if about and not wants and not found and _HEADED.match(text, end):
            heading = about
        rest = _rest(text[start:end], [(mention.start - start, mention.end - start) for mention in inside])
        if wants and (rest or (found and found[-1].part and not wants[0].part and _PRONOUN.search(text[start:end]))):
            return None
        if rest:
            said = _own_words(text[start:end], [(mention.start - start, mention.end - start) for mention in inside]) if about else text[start:end].strip()
            if not said or not _short(said) or asks(said):
                return None
            wants = [_Want(said)]
        found += [replace(want, products=about) for want in wants]
    return list(dict.fromkeys(_shared(found, heading)))


def _shared(wants: list[_Want], heading: tuple[str, ...] = ()) -> Iterator[_Want]:
    """Wants with their products: those of their own chunk where several chunks name different ones, before them those of the heading ("P-200: …"), else all."""
    apart = len({heading, *(want.products for want in wants)} - {()}) > 1
    last: tuple[str, ...] = ()
    for want in wants:
        last = want.products or heading or last
        yield replace(want, products=last if apart else ())


def _chunks(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in _CUT.finditer(text):
        if not any(mention.start < cut.end() and cut.start() < mention.end for mention in mentions):
            yield start, cut.start()
            start = cut.end()
    yield start, len(text)


def _want(telling: Telling, text: str, mention: Mention) -> _Want | None:
    """The thing that a mention asks for; None for a name of the product itself, or of what it is."""
    own = {product.family for sku in telling.ask.products if (product := telling.table.catalog.products.get(sku))}
    families = tuple(family for family in mention.ids(FAMILY) if family not in own)
    attributes, relations = mention.ids(ATTRIBUTE), mention.ids(RELATION)
    if not (attributes or relations or families) or (mention.ids(FAMILY) and not families) or set(mention.ids(PRODUCT)) & set(telling.ask.products):
        return None
    return _Want(text[mention.start : mention.end], attributes, relations, families)


def _rest(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """What a chunk says beside the names in it and the words of asking."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    for name, pattern in cues.CUES:
        if name in ("fits", "which"):
            text = pattern.sub(" ", text)
    return [term for term in terms(_SAID.sub(" ", text)) if is_content(term) and term not in LIGHT and term not in cues.QUALIFIERS]


def _own_words(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The thing that a chunk names as a product's ("P-100的说明书", "the manual of the P-100"); "" where it says something else of the product."""
    for start, end in spans:
        text = text[:start] + "\n" * (end - start) + text[end:]
    said = re.fullmatch(r"\s*\n+\s*(?:的|'s\s)(?P<zh>[^\n]+)|(?:the\s+)?(?P<en>[^\n]+?)\s+(?:of|for)\s+(?:the\s+)?\n+\s*", text, re.IGNORECASE)
    return (said["zh"] or said["en"]).strip() if said else ""


def _short(text: str) -> bool:
    return (
        sum("\u3400" <= char <= "\u9fff" for char in text) <= _SHORT_HAN and len(re.findall("[A-Za-z]+", text)) <= _SHORT_WORDS and not re.search(r"\d", text)
    )


def _valued(telling: Telling, sku: str, values: Sequence[Value]) -> list[Sentence]:
    """One sentence of the values asked one after another."""
    if not values:
        return []
    places = telling.places(values)
    if len(values) > 1:
        return [telling.sentence("answer_specs", places, product=telling.name(sku), items=[telling.item(value) for value in values])]
    key = "answer_price" if values[0].attribute == PRICE else "answer_spec"
    return [telling.sentence(key, places, **telling.item(values[0]))]


def _parts(telling: Telling, sku: str, want: _Want) -> list[Sentence]:
    """Which parts a product takes in a relation asked for, or which products of a family asked for it serves."""
    table = telling.table
    families = {each: product.family for each, product in table.catalog.products.items()}
    edges = reason.related(table, sku, want.relations) or tuple(
        edge for edge in table.edges if edge.subject == sku and families.get(edge.object) in want.families
    )
    told = []
    for relation in dict.fromkeys(edge.relation for edge in edges):
        mine = [edge for edge in edges if edge.relation == relation]
        objects = list(dict.fromkeys(telling.name(edge.object) for edge in mine))
        told.append(
            telling.sentence("answer_related", telling.edge_places(mine), subject=telling.name(sku), relation=telling.relation(relation), objects=objects)
        )
    served = [edge for edge in reason.served_by(table, sku) if families.get(edge.subject) in want.families]
    if not told and served:
        subjects = list(dict.fromkeys(telling.name(edge.subject) for edge in served))
        told.append(telling.sentence("answer_serves", telling.edge_places(served), object=telling.name(sku), subjects=subjects))
    return told


def _said(telling: Telling, sku: str, want: _Want, passages: Callable[[str], Answer | None], passed: list[Answer]) -> list[Sentence]:
    """What the documents say of a thing that no fact tells, or that they do not state it."""
    custom = reason.values(telling.table, (sku,), (CUSTOM,), telling.allowed) if PRICE in want.attributes else ()
    if custom:
        return [telling.sentence("answer_made_to_order", telling.places(custom), product=telling.name(sku))]
    told = passages(f"what is the {want.text} of the {sku}" if telling.variant == "en" else f"{sku}的{want.text}是什么")
    if told is not None and want.part and not any(want.text.lower() in sentence.text.lower() for sentence in told.sentences[:2]):
        told = None  # of a part that is not listed, another one's sentence says nothing
    if told is not None:
        passed.append(told)
        first = next((at for at, sentence in enumerate(told.sentences) if sentence.citations), 0)
        return list(told.sentences[: first + 1])
    known = [telling.attribute(each) for each in want.attributes] + [telling.relation(each) for each in want.relations]
    key = "answer_not_stated" if known else "answer_not_found"
    return [telling.sentence(key, (), product=telling.name(sku), attribute=known[0] if known else want.text)]

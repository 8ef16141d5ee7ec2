"""Answers what is for sale and how to buy it: the catalogue's products by category, what it lists nothing of, the list price and the way to an order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.dialog.answers.telling import SURE, Telling
from assistant.knowledge import reason
from assistant.knowledge.mentions import ATTRIBUTE, FAMILY, RELATION, Names, products_of
from assistant.knowledge.offers import Offer, asks_discount, offer_asked, wants_to_buy
from assistant.knowledge.reason import Value
from assistant.knowledge.rows import FAMILY as CATEGORY
from assistant.knowledge.rows import PRICE
from assistant.knowledge.terms import LIGHT, is_content, terms
from assistant.text.fold import fold
from assistant.text.script import to_simplified
from assistant.types import Answer, Citation, Sentence

OFFER, ORDER = "offer", "order"
# so many categories and products of one are named; what is asked for is repeated up to so many words
CATEGORIES, PRODUCTS, WORDS = 12, 8, 5
SENTENCES = 4
# the share of a question that the headings of a section say when it is the section for it
HEADED = 0.6
# how sure an answer is that says in so many words what can be had
SAID = 0.8
# what the documents say of goods that somebody could buy: they name a valve in a pipe without selling it
_SAYS_OFFER = re.compile(
    r"供应|供货|生产|不做|销售|目录|停产|接单|不含|不包含|包含|另配|报价|代买|出售"
    r"|\b(?:sell|sold|make|made|suppl(?:y|ied)|catalogu?e|discontinued|accept orders|includ\w*|quoted?|available|offer(?:ed)?)\b",
    re.IGNORECASE,
)
# a text that says more than this asks something else beside
_SAID_OF_TRADE = (
    "order buy cheap purchas place put sign mark write need want online new more anoth discount cheaper off bulk volum quantiti "
    "pric break percent reduct rebat much many copi item total unit piec kit set pair here directli straight through websit "
    "webshop shop 下单 订购 采购 购买 订 买 订单 直接 在线 网上 新 再 门户 这里 "
    "money mone get start begin appli larg bigger currentli "
    "折扣 优惠 打 打折 打几折 打不打折 几折 折 便宜 批量 开始 起 满 享受 活动 政策 给 拿 来 套 件 台 个 只 根 要 想 需要"
)
_TRADE_WORDS = frozenset(_SAID_OF_TRADE.split())
_PRONOUN = re.compile(r"^(?:for|on|in|with|about|at|to|of|me|us|my|our|these|those|it|them|that|this|than)\b|^(?:这|那|它|我)", re.IGNORECASE)
_VERB = re.compile(r"买|订|怎|多少|什么|给|或者?|还是|和|\b(?:or|and)\b", re.IGNORECASE)
# goods with a purpose or a property are asked of the documents: "pumps for sea water", 打海水的泵
_ASKS = re.compile(
    r"[?？]\s*$|[吗么呢]|怎|如何|哪|能|可以|多少|什么|没有|[\u3400-\u9fff]不[\u3400-\u9fff]|^(?:\w+ ){0,2}(?:can|could|may|how|where|what|do|does|is"
    r"|are|any|would)\b",
    re.I,
)
_PLACED = re.compile(r"\b(?:in|near|at|for|with|to|on|around|of|from)\b|在|附近|代表|代理")
_QUALIFIED = re.compile(r"\b(?:for|with|that|which|who|to|without|in|on|of|up|above|below|under|over)\b|的|能|可以|用于|适合", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sources:
    """Beside the facts: the catalogue's names, which terms any document says or an idea knows, and what the documents answer to a text."""

    names: Names
    knows: Callable[[str], bool]
    means: Callable[[Sequence[str]], bool]
    passages: Callable[[str], Answer | None]


def offered(telling: Telling, sources: Sources, *, goods: bool) -> Answer | None:
    """What there is to buy of what a question asks for; None when it asks nothing of the kind. `goods`: what it asks for is taken for goods by its intent."""
    said = telling.text
    offer = offer_asked(said)
    if offer is None:
        return None
    thing = offer.thing
    mentions = sources.names.find(to_simplified(fold(thing)))
    left = _left(sources.names, thing)
    if skus := products_of(mentions):
        return _listed(telling, skus) if not left else None
    if thing and not _nameable(offer):
        return None
    if not thing:
        return _made([_everything(telling)])
    families = tuple(dict.fromkeys(name for mention in mentions for name in (*mention.ids(FAMILY), *_objects(telling, mention.ids(RELATION)))))
    if families and not left:
        return _made([_family(telling, name) for name in families[:SENTENCES]])
    named = any(mention.ids(ATTRIBUTE) and mention.end - mention.start == len(thing) for mention in mentions)
    known = [term for term in left if sources.knows(term)]
    if named or not (offer.sold or goods or families or (known and len(known) == len(left))):
        return None
    told = sources.passages(said)
    if told is not None and _says_offer(told, left, peaked=bool(families)):
        return replace(told, support=max(told.support, SAID))
    if told is not None and told.signals.get("title", 0.0) >= HEADED:
        return told
    if families and _QUALIFIED.search(thing):
        return None
    if families:
        # nothing is denied of what the products may well have
        listed = [_family(telling, name) for name in families[: SENTENCES - 1]]
        return _made(listed if sources.means(left) else [*listed, telling.sentence("answer_offer_none", _places(telling), thing=thing)])
    if not offer.sold and (known or _PLACED.search(thing)):
        # "have" asks for much that is no goods: a mark, an agent abroad
        return None
    return _made([telling.sentence("answer_offer_none", _places(telling), thing=thing), _everything(telling)])


def _listed(telling: Telling, skus: Sequence[str]) -> Answer | None:
    """That products asked for by their names are in the catalogue, with their list prices."""
    found = reason.values(telling.table, skus, (CATEGORY,), telling.allowed)
    prices = reason.values(telling.table, skus, (PRICE,), telling.allowed)
    told = [telling.sentence("answer_offer_yes", telling.places([value]), product=telling.name(value.subject)) for value in found[: SENTENCES // 2]]
    told += [telling.sentence("answer_price", telling.places([value]), **telling.item(value)) for value in prices[: SENTENCES // 2]]
    answer = _made(told)
    return replace(answer, products=tuple(skus)) if answer is not None and found else None


def _says_offer(told: Answer, left: Sequence[str], *, peaked: bool) -> bool:
    """Whether an answer of the documents says of what is asked for that it can be had or not; `peaked`: what weighs most in the question is enough."""
    text = " ".join(sentence.text for sentence in told.sentences)
    said = set(terms(text))
    if not left or not all(term in said or (term >= "\u3400" and term in text) for term in left):
        return False
    return _SAYS_OFFER.search(text) is not None or (peaked and told.signals.get("peak_unit", 0.0) > 0)


def bought(telling: Telling, sources: Sources) -> Answer | None:
    """The price of what somebody wants to buy, the discount for a number of it, and how an order is placed; None when nobody wants to buy."""
    said, passages = telling.text, sources.passages
    if not wants_to_buy(said) or (_ASKS.search(said) and _beside(telling, sources)):
        return None
    skus = (telling.ask.products or _few(telling))[: SENTENCES - 2]
    found = reason.values(telling.table, skus, (PRICE,), telling.allowed)
    prices = [telling.sentence("answer_price", telling.places([value]), **telling.item(value)) for value in found]
    way = _asked(telling, passages, "ask_how_to_order")
    if way is None:
        return None
    counted = bool(skus) and re.search(r"\d", _without(said, skus)) is not None
    tiers = _asked(telling, passages, "ask_quantity_discount") if counted else None
    sentences = [*prices, *(tiers.sentences[:1] if tiers is not None else ()), *way.sentences]
    told = (way, tiers) if tiers is not None else (way,)
    cited = tuple(dict.fromkeys(passage for answer in told for passage in answer.passages))
    return Answer(ORDER, tuple(dict.fromkeys(sentences))[:SENTENCES], min(answer.support for answer in told), skus, passages=cited, signals=way.signals)


def discounted(telling: Telling, sources: Sources) -> Answer | None:
    """The discount for a number of pieces, as the documents say it; None when none is asked for."""
    if not asks_discount(telling.text) or _beside(telling, sources):
        return None
    told = _asked(telling, sources.passages, "ask_quantity_discount")
    return replace(told, kind=ORDER, products=telling.ask.products) if told is not None else None


def _beside(telling: Telling, sources: Sources) -> bool:
    """Whether a question of trade says something beside goods, numbers and the words of trade: then that is what it asks."""
    left = [term for term in _left(sources.names, telling.text) if term not in _TRADE_WORDS and not re.fullmatch(r"\d+(?:\.\d+)?", term)]
    return bool(left)


def _few(telling: Telling) -> tuple[str, ...]:
    """The products of the one category that a question names, where it has a few only."""
    found = _in(telling, telling.ask.families[0]) if len(telling.ask.families) == 1 else ()
    return tuple(value.subject for value in found) if len(found) < SENTENCES - 1 else ()


def _asked(telling: Telling, passages: Callable[[str], Answer | None], key: str) -> Answer | None:
    """What the documents say to a question of the workspace, in the wording whose answer stands under the likeliest heading; None under no such heading."""
    told = [answer for text in telling.says.say(key, telling.language).split("|") if (answer := passages(text.strip())) is not None]
    best = max(told, key=lambda answer: answer.signals.get("title", 0.0), default=None)
    return best if best is not None and best.signals.get("title", 0.0) >= HEADED else None


def _without(said: str, skus: Sequence[str]) -> str:
    """A text without the digits of the models it names."""
    for sku in skus:
        said = re.sub(re.sub(r"[^A-Za-z0-9]+", r"[\\s-]*", re.escape(sku).replace("\\", "")), " ", said, flags=re.IGNORECASE)
    return said


def _nameable(offer: Offer) -> bool:
    """Whether what is asked for can be said back: a few words without figures that are no pointing word."""
    words = [term for term in terms(offer.thing) if is_content(term)]
    return bool(words) and len(words) <= WORDS and not re.search(r"\d", offer.thing) and not _PRONOUN.match(offer.thing) and not _VERB.search(offer.thing)


def _objects(telling: Telling, relations: Sequence[str]) -> tuple[str, ...]:
    """The categories of what serves in a relation."""
    products = telling.table.catalog.products
    return tuple(products[edge.object].family for edge in telling.table.edges if edge.relation in relations and edge.object in products)


def _left(names: Names, thing: str) -> tuple[str, ...]:
    """The content words of what is asked for that name no category."""
    text = to_simplified(fold(thing))
    for mention in reversed(names.find(text)):
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return tuple(term for term in terms(text) if is_content(term) and term not in LIGHT)


def _in(telling: Telling, family: str) -> tuple[Value, ...]:
    """The products of a category that may be seen, each as the line of the catalogue that puts it there."""
    skus = [sku for sku, product in telling.table.catalog.products.items() if product.family == family]
    return reason.values(telling.table, skus, (CATEGORY,), telling.allowed)


def _family(telling: Telling, family: str) -> Sentence:
    found = _in(telling, family)[:PRODUCTS]
    names = [telling.name(value.subject) for value in found]
    return telling.sentence("answer_offer_family", telling.places(found), category=_category(telling, family), products=names)


def _category(telling: Telling, family: str) -> str:
    spec = telling.table.catalog.families.get(family)
    return str(spec.name.get(telling.variant, family)) if spec else family


def _shown(telling: Telling) -> dict[str, tuple[Value, ...]]:
    """The categories that have products, with these."""
    found = {name: _in(telling, name) for name in telling.table.catalog.families}
    return {name: values for name, values in found.items() if values}


def _everything(telling: Telling) -> Sentence:
    found = list(_shown(telling).items())
    categories = [{"name": _category(telling, name), "products": [telling.name(value.subject) for value in values[:PRODUCTS]]} for name, values in found]
    return telling.sentence("answer_offer_all", _places(telling), categories=categories[:CATEGORIES], more=len(found) > CATEGORIES)


def _places(telling: Telling) -> tuple[Citation, ...]:
    return telling.places(values[0] for values in list(_shown(telling).values())[:CATEGORIES])


def _made(sentences: Sequence[Sentence]) -> Answer | None:
    kept = tuple(sentence for sentence in sentences if sentence.citations)
    return Answer(OFFER, kept[:SENTENCES], SURE) if kept else None

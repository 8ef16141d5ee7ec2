"""What customers say of a product: counts of the stored reviews and a few of their own words, each cited; nothing else answers such a question. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.dialog.answers.planted import planted
from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.state import State, Waiting
from assistant.knowledge.facts import display
from assistant.knowledge.rows import REVIEWS
from assistant.text.script import to_simplified
from assistant.text.words import sentences
from assistant.types import Answer, Citation, Json, Sentence
from assistant.understanding.questions import asks
from assistant.workspace.model import Review

Served = tuple[State, Decision]
MOST_PRODUCTS, MOST_QUOTES, MOST_CHARACTERS = 3, 3, 220
MOST_CITED = 20  # reviews behind a count
MOST_STARS, GOOD, POOR = 5, 4, 2
GIVEN = {"feedback", "complaint", "chat.thanks"}
_WRITES = re.compile(
    r"\b(?:leave|write|writ(?:ing|ten)|post|submit|give|add|publish|delete|remove|edit)\b[^.?!]{0,24}\b(?:reviews?|ratings?|stars?)\b"
    r"|\b(?:could|can|would|will|please|pls|to|you|i|we|let's|must|should|kindly) (?:please |just |also |quickly )?review\b(?! (?:scores?|stars?))"
    r"|(?:写|发表?|提交|留|给|删除?|修改|撤|上传|填)[^，。？！]{0,8}(?:评价|评论|好评|差评|点评)",
    re.IGNORECASE,
)


def reviewed(moment: Moment, state: State, request: Waiting) -> Served | None:
    """The answer to a question for other customers' opinions; None when the words do not ask for them or no product is meant."""
    if not moment.says("reviews", request.text) or _WRITES.search(to_simplified(request.text)):
        return None
    served = moment.world.serving.get(request.intent, "")
    if not asks(request.text) and (request.intent in GIVEN or (served and moment.spec(served).confirm)):
        # an opinion that is given, not asked for
        return None
    products = _products(moment, state, request)
    if not products:
        return None
    held = {sku: _cited(moment, sku) for sku in products}
    if len(products) > 1 and any(held.values()):
        held = {sku: found for sku, found in held.items() if found}
    told: list[Sentence] = []
    figures: list[Json] = []
    for sku, found in list(held.items())[:MOST_PRODUCTS]:
        if not found:
            told.append(Sentence(moment.world.wording.say("reviews_none", moment.language, product=_name(moment, sku))))
            continue
        summary, numbers = _counted(moment, sku, found)
        figures += [numbers, [value for review, _ in found for value in (review.stars, review.written.isoformat())]]
        told += [summary, *_quoted(moment, found, most=MOST_QUOTES if len(held) == 1 else 1)]
    state = replace(state, products=tuple(held) if len(held) == 1 else state.products)
    if not figures:
        return state, Decision("decline", tuple(told), "product.reviews", "no_source", request.confidence)
    answer = Answer("reviews", tuple(told), 1.0, tuple(held))
    return state, Decision("reply", tuple(told), "product.reviews", confidence=1.0, answer=answer, sources=tuple(figures))


def _products(moment: Moment, state: State, request: Waiting) -> tuple[str, ...]:
    """The products that are meant: those named, those of a family named, else the one that is talked about."""
    named = tuple(dict.fromkeys(str(slot.value) for slot in request.slots if slot.name == "product" and moment.product(str(slot.value))))
    if named:
        return named
    if any(slot.name in {"unknown_product", "order"} for slot in request.slots):
        return ()
    families = {str(slot.value) for slot in request.slots if slot.name == "family"}
    if families:
        return tuple(sku for sku, product in moment.world.workspace.products.items() if product.family in families)
    return state.products[:1]


def _cited(moment: Moment, sku: str) -> list[tuple[Review, Citation]]:
    """The stored reviews of a product that are live, newest first: what cannot be cited does not count."""
    own = [each for each in moment.world.workspace.reviews.values() if each.product == sku and not planted(each.text)]
    own.sort(key=lambda each: (each.written, each.id), reverse=True)
    places = [(each, moment.world.wording.cite(REVIEWS, moment.language, each.id)) for each in own]
    return [(each, found[0]) for each, found in places if found and found[0].section == each.id]


def _counted(moment: Moment, sku: str, found: Sequence[tuple[Review, Citation]]) -> tuple[Sentence, Json]:
    """How many there are, their mean and how many of each star, with the figures as they may be said."""
    stars = [review.stars for review, _ in found]
    mean = f"{sum(stars) / len(stars):.1f}".removesuffix(".0")
    by = [(star, count) for star, count in sorted(Counter(stars).items(), reverse=True)]
    text = moment.world.wording.say("reviews_counted", moment.language, product=_name(moment, sku), count=len(stars), mean=mean, most=MOST_STARS, by=by)
    numbers: Json = [len(stars), float(mean), MOST_STARS, *(number for pair in by for number in pair)]
    return Sentence(text, tuple(citation for _, citation in found[:MOST_CITED])), numbers


def _quoted(moment: Moment, found: Sequence[tuple[Review, Citation]], *, most: int) -> list[Sentence]:
    """The words of a few: one that is content, one that is not, then the newest; those in the asker's language first."""
    language = "en" if moment.language == "en" else "zh"
    ordered = sorted(found, key=lambda pair: pair[0].language != language)
    content = next((pair for pair in ordered if pair[0].stars >= GOOD), None)
    discontent = next((pair for pair in ordered if pair[0].stars <= POOR), None)
    chosen = [pair for pair in (content, discontent, *ordered) if pair is not None]
    kept = list({review.id: (review, citation) for review, citation in chosen}.values())[:most]
    return [_quote(moment, review, citation) for review, citation in kept]


def _quote(moment: Moment, review: Review, citation: Citation) -> Sentence:
    words, shown = citation.quote, ""
    for start, end in sentences(words) or [(0, len(words))]:
        if shown and end > MOST_CHARACTERS:
            break
        shown = words[:end] if end <= 2 * MOST_CHARACTERS else words[start : start + MOST_CHARACTERS]
    place = replace(citation, quote=shown, end=citation.start + len(shown)) if words.startswith(shown) else citation
    text = moment.world.wording.say("reviews_quote", moment.language, text=shown, stars=review.stars, written=review.written)
    return Sentence(text, (place,))


def _name(moment: Moment, sku: str) -> str:
    return display(sku, moment.world.workspace.catalog, "en" if moment.language == "en" else "zh")

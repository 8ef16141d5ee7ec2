"""Answers a question without a model: facts first, then sentences of the documents, or nothing when neither supports an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.dialog.answers.beyond import beyond
from assistant.dialog.answers.clauses import asks_beside, by_clauses
from assistant.dialog.answers.closed import closed
from assistant.dialog.answers.facts import from_facts
from assistant.dialog.answers.fits import UNLISTED, unstated
from assistant.dialog.answers.focus import focus, joined, named_by_size, sized
from assistant.dialog.answers.kinds import by_purpose
from assistant.dialog.answers.listed import listed
from assistant.dialog.answers.meant import meant
from assistant.dialog.answers.offers import Sources, bought, discounted, offered
from assistant.dialog.answers.passages import from_passages, nearest
from assistant.dialog.answers.planted import planted
from assistant.dialog.answers.telling import Says, Telling
from assistant.dialog.question import Question
from assistant.knowledge.asks import Ask, read_ask
from assistant.knowledge.base import Knowledge
from assistant.knowledge.cues import QUALIFIERS
from assistant.knowledge.extract import Chooser
from assistant.knowledge.facts import FactTable
from assistant.knowledge.lexical import Lexical
from assistant.knowledge.plain import codes, plain_question, speller
from assistant.knowledge.query import tokens
from assistant.knowledge.search import Found
from assistant.knowledge.subjects import unrelated_of
from assistant.knowledge.terms import LIGHT, is_content, terms
from assistant.text.words import words
from assistant.types import Answer, Language, Scope, Sentence
from assistant.workspace.model import Catalog

FOUND = 10
GOODS = "product."
COMPATIBILITY = "compatibility"
_POINTS = re.compile(r"[它其这那]|\b(?:it|its|they|them|their|this|that|these|those)\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class BuiltinAnswers:
    """The built-in engine over a knowledge base: the same question in the same scope gets the same answer, whoever asks.

    Where nothing answers, what comes nearest (kind NEAR), or None.
    """

    knowledge: Knowledge
    says: Says

    def __call__(self, question: Question, scope: Scope) -> Answer | None:
        if question.page:
            told = on_page(question, knowledge=self.knowledge, says=self.says, scope=scope)
            return self.knowledge.everywhere(told, scope)
        text, asking = _asking(question, knowledge=self.knowledge, says=self.says, scope=scope, language=question.language)
        found = _answered(question, text, asking) or asking.passages(text, near=True)
        return self.knowledge.everywhere(found, scope)


def answer(question: Question, *, knowledge: Knowledge, says: Says, scope: Scope, language: Language) -> Answer | None:
    """What the catalogue and the documents say to `question`, in a few sentences with their places; None when they do not say it."""
    return _answered(question, *_asking(question, knowledge=knowledge, says=says, scope=scope, language=language))


def on_page(question: Question, *, knowledge: Knowledge, says: Says, scope: Scope) -> Answer | None:
    """What the one document that a few words go on about says to them; None when it says nothing of them."""
    asking = _Asking(knowledge, says, scope, question.language, question.products, question.page)
    text = plain(question.text, knowledge)
    if question.before and _says_nothing(text, knowledge):
        text = plain(f"{question.before} {question.text}", knowledge)
    return asking.passages(text)


def _says_nothing(text: str, knowledge: Knowledge) -> bool:
    """Whether words ask nothing by themselves: grammar, "most" and "least", and everyday verbs beside these ("and the maximum?", "最多能打多少")."""
    said = [term for term in tokens(text, concepts=knowledge.concepts, lexical=knowledge.snapshot().lexical) if is_content(term)]
    rest = [term for term in said if term not in QUALIFIERS]
    return not rest or (len(rest) < len(said) and all(term in LIGHT for term in rest))


def _asking(question: Question, *, knowledge: Knowledge, says: Says, scope: Scope, language: Language) -> tuple[str, _Asking]:
    """The text to answer, and who asks it of what."""
    text, products = about(question, knowledge)
    text = plain(by_purpose(joined(text), knowledge.names, knowledge.catalog, language), knowledge)
    return text, _Asking(knowledge, says, scope, language, focus(text, knowledge.names) or products)


def _answered(question: Question, text: str, asking: _Asking) -> Answer | None:
    trade = asking.beyond(text) or asking.trade(question)
    if trade is not None:
        return trade
    several = asking.listed(text)
    if several is not None:
        return several
    beside = by_clauses(text, asking.facts, asking.clause) if asks_beside(text, asking.knowledge.names) else None
    if beside is not None and beside.whole:
        return beside.answer
    whole = asking.facts(text)
    if whole is not None and whole.kind == UNLISTED:
        # the catalogue lists no such pair: the documents may say so themselves, and why
        return asking.pair(text, whole.products) or replace(whole, kind=COMPATIBILITY)
    if whole is not None:
        return whole
    apart = asking.unstated(text)
    if apart is not None:
        return asking.pair(text, apart.products) or apart
    parts = by_clauses(text, asking.facts, asking.clause, asking.missing, names=asking.knowledge.names)
    if parts is not None and parts.whole:
        return parts.answer
    return asking.passages(text) or (parts.answer if parts else None)


def about(question: Question, knowledge: Knowledge) -> tuple[str, tuple[str, ...]]:
    """The text to answer and the products carried over to it; "the smaller one" turns from the product of the conversation to its sibling."""
    whole = question.standalone or question.text
    carried = focus(whole, knowledge.names) or question.products
    meant = sized(question.text, carried, knowledge.catalog)
    if meant != carried and not knowledge.names.products(question.text):
        said = question.text if knowledge.names.products(whole) else whole
        return named_by_size(said, meant) or question.text, meant
    return whole, question.products


@dataclass(frozen=True, slots=True)
class _Asking:
    """One customer's question being answered: what is asked of, in which scope, and the products it is about; `page` is the one document to look in.

    `held` keeps how a text was read and what was found for it, because one question is put to facts, trade and documents, and once more to what comes near.
    """

    knowledge: Knowledge
    says: Says
    scope: Scope
    language: Language
    products: tuple[str, ...]
    page: str = ""
    held: dict[tuple[str, str, tuple[str, ...]], Any] = field(default_factory=dict)

    def facts(self, text: str) -> Answer | None:
        """What facts say to a text, if they say all it asks."""
        return None if strangers(text, self.knowledge) else self._live(from_facts(self._telling(text)))

    def beyond(self, text: str) -> Answer | None:
        """Which goods are less or more of something than the product, or the sum of money, that a text names."""
        return None if strangers(text, self.knowledge) else self._live(beyond(self._telling(text), self.knowledge.names))

    def listed(self, text: str) -> Answer | None:
        """What facts and documents say to a list of things asked of a product, one after another."""
        if strangers(text, self.knowledge):
            return None

        def told(one: str) -> Answer | None:
            said = plain(one, self.knowledge)
            return self.facts(said) or self.passages(said)

        return self._live(listed(self._telling(text), self.knowledge.names, told))

    def pair(self, text: str, products: tuple[str, ...]) -> Answer | None:
        """What the documents say of two products in one sentence, where a question asks whether they go together."""
        told = self.passages(text)
        names = self.knowledge.names
        both = tuple(each for each in told.sentences if set(products) <= set(names.products(each.text))) if told is not None else ()
        return replace(told, sentences=both) if told is not None and both else None

    def clause(self, text: str) -> Answer | None:
        """What the documents say to one clause, of the products of the whole or, where they say nothing of these, of none in particular."""
        return self.passages(text) or (replace(self, products=()).passages(text) if not _POINTS.search(text) else None)

    def missing(self, text: str) -> Sentence:
        """That nothing was found for a clause."""
        return Sentence(self.says.say("answer_part_missing", self.language, part=text.strip(" ,，、.。")))

    def unstated(self, text: str) -> Answer | None:
        """That the catalogue says nothing of two products together."""
        told = None if strangers(text, self.knowledge) else self._live(unstated(self._telling(text)))
        return told and replace(told, kind=COMPATIBILITY)

    def trade(self, question: Question) -> Answer | None:
        """What is for sale, and how to buy it, where a question asks for that."""
        knowledge = self.knowledge
        if strangers(question.text, knowledge):
            return None
        plainly = replace(self, products=())
        sources = Sources(
            knowledge.names,
            knowledge.snapshot().lexical.knows,
            lambda words: bool(knowledge.concepts.of(words)),
            lambda text: plainly.passages(plain(text, knowledge)),
        )
        telling = self._telling(joined(question.text))
        goods = question.intent.startswith(GOODS)
        told = offered(telling, sources, goods=goods) or bought(telling, sources) or discounted(telling, sources)
        return self._live(told)

    def _telling(self, text: str) -> Telling:
        table = self.knowledge.facts()
        snapshot = table.snapshot
        allowed = snapshot.scopes.mask(replace(self.scope, products=()), "en" if self.language == "en" else "zh", snapshot.document).tolist()
        return Telling(table, self._asked(text)[0], allowed, self.says, self.language, text)

    def _asked(self, text: str) -> tuple[Ask, bool]:
        key = ("asked", text, self.products)
        if key not in self.held:
            self.held[key] = asked(text, self.products, self.knowledge)
        read: tuple[Ask, bool] = self.held[key]
        return read

    def _found(self, text: str, products: tuple[str, ...]) -> Found | None:
        key = ("found", text, products)
        if key not in self.held:
            scope = replace(self.scope, products=products)
            self.held[key] = self.knowledge.retriever.find(text, language=self.language, scope=scope, k=FOUND, page=self.page)
        found: Found | None = self.held[key]
        return found

    def _live(self, told: Answer | None) -> Answer | None:
        return told if told is not None and _still_live(told, self.knowledge.facts(), self.knowledge, self.scope) else None

    def passages(self, text: str, *, near: bool = False) -> Answer | None:
        """What the documents say to a text, above the floor; with `near` what comes nearest, below it."""
        knowledge = self.knowledge
        ask, absent = self._asked(text)
        found = self._found(text, ask.products)
        if found is None or not all(_named(found, stranger) for stranger in strangers(text, knowledge)):
            return None
        found = replace(found, hits=tuple(hit for hit in found.hits if not planted(hit.section.text)))
        rivals = rivals_of(ask.products, knowledge.catalog)
        calibration = knowledge.calibration.given(found.seconded)
        # words beside the attribute may make it another one: the length of a cable
        bare = () if ask.rest else ask.attributes
        unrelated = unrelated_of(ask.products, knowledge.catalog)
        chooser = Chooser(knowledge.names, knowledge.concepts, calibration.order, ask.products, absent, rivals, knowledge.memo, bare, unrelated)
        # words that go on about one page may share little with it
        found = replace(found, seconded=True) if self.page else found
        tell = nearest if near else from_passages
        told = tell(found, chooser, calibration, knowledge.catalog, says=self.says, language=self.language, known=stated(ask, knowledge))
        return closed(told, found, says=self.says, language=self.language) or told if near and told is not None else told


def strangers(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Names and codes in a text that the catalogue and the documents do not know: another maker's model, a fault code that no table lists."""
    lexical = knowledge.snapshot().lexical
    unknown = [code for code in codes(text) if not knowledge.names.find(code) and not lexical.knows(code.lower()) and not _in_parts(code, lexical)]
    return tuple(dict.fromkeys((*knowledge.names.unknown(text), *unknown)))


def _in_parts(code: str, lexical: Lexical) -> bool:
    """Whether the documents write a code apart ("ISO 9001")."""
    parts = words(code)[1:]
    return len(parts) > 1 and all(map(lexical.knows, parts))


def plain(text: str, knowledge: Knowledge) -> str:
    """The question without the talk around it."""
    lexical = knowledge.snapshot().lexical
    spelling = knowledge.memo.get(("speller", lexical), lambda: speller(knowledge.names, knowledge.concepts, lexical.knows))
    return plain_question(text, spelling)


def asked(text: str, products: tuple[str, ...], knowledge: Knowledge) -> tuple[Ask, bool]:
    """A question read against the catalogue, and whether it asks for an attribute that its products do not have there.

    Products it names itself go before `products`, those the conversation carries over.
    """
    lexical = knowledge.snapshot().lexical
    about = focus(text, knowledge.names) or products
    ask = read_ask(text, names=knowledge.names, concepts=knowledge.concepts, lexical=lexical, products=about, attributes=knowledge.catalog.attributes)
    facts = knowledge.facts().facts
    ask = meant(ask, text, knowledge)
    absent = bool(about and ask.attributes) and not any((sku, name) in facts for sku in about for name in ask.attributes)
    return ask, absent


def stated(ask: Ask, knowledge: Knowledge) -> frozenset[str]:
    """The figures that facts state of the products of a question for attributes it does not ask."""
    facts = knowledge.facts().facts
    found = (fact for (sku, name), listed in facts.items() if sku in ask.products and (name not in ask.attributes or ask.rest) for fact in listed)
    return frozenset(figure.replace(",", "").removesuffix(".00") for fact in found for figure in _FIGURE.findall(fact.value))


def rivals_of(products: tuple[str, ...], catalog: Catalog) -> frozenset[str]:
    """The other products of the families of `products`."""
    families = {catalog.products[sku].family for sku in products if sku in catalog.products}
    return frozenset(sku for sku, product in catalog.products.items() if product.family in families and sku not in products)


def _named(found: Found, stranger: str) -> bool:
    """Whether the best section speaks of a name the catalogue does not know ("the old P-90")."""
    return bool(found.hits) and set(terms(stranger)) <= set(found.snapshot.terms[found.hits[0].number])


def _still_live(told: Answer, table: FactTable, knowledge: Knowledge, scope: Scope) -> bool:
    """Whether SQL still holds every document a fact answer cites in the version cited: a snapshot may be half a second old."""
    cited = {(citation.document, citation.version) for sentence in told.sentences for citation in sentence.citations}
    versions = {(row.id, row.language): row.version for row in table.snapshot.documents if (row.id, row.version) in cited}
    shown = {(document, versions[document, language]) for document, language in knowledge.check(versions, replace(scope, products=()))}
    return cited <= shown

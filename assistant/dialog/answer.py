"""Answers a question without a model: facts first, then sentences of the documents, or nothing when neither supports an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.dialog.answer_facts import Says, Telling, from_facts
from assistant.dialog.answer_passages import from_passages
from assistant.dialog.question import Question
from assistant.knowledge.asks import Ask, read_ask
from assistant.knowledge.base import Knowledge
from assistant.knowledge.extract import Chooser
from assistant.knowledge.facts import FactTable
from assistant.knowledge.search import Found
from assistant.knowledge.terms import terms
from assistant.types import Answer, Language, Scope
from assistant.workspace.model import Catalog

FOUND = 10


@dataclass(frozen=True, slots=True)
class BuiltinAnswers:
    """The built-in engine over a knowledge base: the same question in the same scope gets the same answer, whoever asks."""

    knowledge: Knowledge
    says: Says

    def __call__(self, question: Question, scope: Scope) -> Answer | None:
        return answer(question, knowledge=self.knowledge, says=self.says, scope=scope, language=question.language)


def answer(question: Question, *, knowledge: Knowledge, says: Says, scope: Scope, language: Language) -> Answer | None:
    """What the catalogue and the documents say to `question`, in a few sentences with their places; None when they do not say it."""
    table = knowledge.facts()
    text = question.standalone or question.text
    ask, absent = asked(text, question.products, knowledge)
    strangers = knowledge.names.unknown(text)
    if not strangers:
        snapshot = table.snapshot
        allowed = snapshot.scopes.mask(replace(scope, products=()), "en" if language == "en" else "zh", snapshot.document).tolist()
        told = from_facts(Telling(table, ask, allowed, says, language, text))
        if told is not None and _still_live(told, table, knowledge, scope):
            return told
    found = knowledge.retriever.find(text, language=language, scope=replace(scope, products=ask.products), k=FOUND)
    if found is None or not all(_named(found, stranger) for stranger in strangers):
        return None
    chooser = Chooser(
        knowledge.names, knowledge.concepts, knowledge.calibration.order, ask.products, absent, rivals_of(ask.products, knowledge.catalog), knowledge.memo
    )
    return from_passages(found, chooser, knowledge.calibration, knowledge.catalog, says=says, language=language)


def asked(text: str, products: tuple[str, ...], knowledge: Knowledge) -> tuple[Ask, bool]:
    """A question read against the catalogue, and whether it asks for an attribute that its products do not have there.

    Products it names itself go before `products`, those the conversation carries over.
    """
    lexical = knowledge.snapshot().lexical
    about = knowledge.names.products(text) or products
    ask = read_ask(text, names=knowledge.names, concepts=knowledge.concepts, lexical=lexical, products=about, attributes=knowledge.catalog.attributes)
    facts = knowledge.facts().facts
    absent = bool(about and ask.attributes) and not any((sku, name) in facts for sku in about for name in ask.attributes)
    return ask, absent


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

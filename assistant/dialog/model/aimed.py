"""Whether true sentences of a model answer what was asked: not of another product, not half a statement, not beside the question; pure, no judge of truth."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import ceil

from assistant.dialog.question import Question
from assistant.knowledge.terms import is_content, terms
from assistant.text.fold import fold
from assistant.types import Answer, Sentence
from assistant.workspace.company import Product

# a statement goes on after these: what follows is half of it
JOINTS = (";", "；", ",", "，", ":", "：", "、", "/")
LEAST_SHARED = 2
_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}[.)、]\s")
_FIGURE = re.compile(r"(?<![A-Za-z0-9-])\d+(?:[.,]\d+)*")


def asked_of(question: Question, products: Mapping[str, Product]) -> frozenset[str]:
    """The products that a question is about: those read from it, carried over, or named in it."""
    return frozenset(question.products) | named(f"{question.text}\n{question.standalone}", products)


def named(text: str, products: Iterable[str]) -> frozenset[str]:
    found = fold(text).upper()
    return frozenset(sku for sku in products if _pattern(sku).search(found))


@lru_cache(maxsize=4096)
def _pattern(sku: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Z0-9]){re.escape(fold(sku).upper())}(?![A-Z0-9])")


def of_another(sentence: str, asked: frozenset[str], products: Mapping[str, Product]) -> bool:
    """Whether a sentence is about a product of the same family as one that was asked about, and about none that was: true, and a wrong answer."""
    about = named(sentence, products) if asked else frozenset[str]()
    families = {products[sku].family for sku in asked if sku in products}
    return bool(about) and not about & asked and any(products[sku].family in families for sku in about)


def goes_on(piece: str) -> bool:
    """Whether the statement does not end with this piece of a text."""
    return piece.rstrip().endswith(JOINTS)


def joined(begun: Sentence | None, piece: Sentence) -> Sentence:
    """A statement with the piece that was still to come."""
    if begun is None:
        return piece
    gap = " " if begun.text[-1:].isascii() else ""
    return Sentence(f"{begun.text}{gap}{piece.text}", tuple(dict.fromkeys((*begun.citations, *piece.citations))))


def on_topic(said: Sequence[Sentence], question: Question, answer: Answer | None = None) -> bool:
    """Whether sentences are of a section that the built-in answer quotes, or share enough words with the question; between two languages nothing is told."""
    quoted = {(each.document, each.section) for sentence in answer.sentences for each in sentence.citations} if answer else set()
    if any((each.document, each.section) in quoted for sentence in said for each in sentence.citations):
        return True
    asked = {term for term in terms(question.standalone or question.text) if is_content(term)}
    told = {term for sentence in said for term in terms(sentence.text)}
    if not asked or not any(term.isascii() == other.isascii() for term in asked for other in told):
        return True
    return len(asked & told) >= min(LEAST_SHARED, ceil(len(asked) / 2))


def halved(answer: Answer, kept: Sequence[Sentence], question: Question) -> tuple[Sentence, ...]:
    """Of the built-in answer's sentences those that say most of the question and have a figure that no kept one has: a part of them was said."""
    asked = {term for term in terms(question.standalone or question.text) if is_content(term)}
    quoted = {sentence: len(asked & set(terms(sentence.text))) for sentence in answer.sentences if sentence.citations}
    most = max(quoted.values(), default=0)
    said = {figure for sentence in kept for figure in _figures(sentence.text)}
    return tuple(sentence for sentence, share in quoted.items() if most and share == most and not _figures(sentence.text) <= said)


def _figures(text: str) -> set[str]:
    return set(_FIGURE.findall(_ORDINAL.sub(" ", fold(text))))

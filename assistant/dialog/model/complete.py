"""Keeps a worded answer as complete as the built-in one: what that says and the wording lost is put back; pure."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.dialog.question import Question
from assistant.knowledge.terms import is_content, terms
from assistant.types import Answer, Citation, Sentence


def lost(answer: Answer, kept: Sequence[Sentence], question: Question, *, blocked: bool) -> tuple[Sentence, ...]:
    """Sentences of the built-in answer that the kept ones do not stand for.

    All of them when a sentence was held back, or when nothing kept rests on what the built-in answer quotes; else only those that say most of the question.
    """
    said = [citation for sentence in kept for citation in sentence.citations]
    quoted = [sentence for sentence in answer.sentences if sentence.citations]
    missing = [sentence for sentence in quoted if not _stood_for(sentence, said)]
    if not missing or blocked or len(missing) == len(quoted):
        return tuple(missing)
    asked = {term for term in terms(question.standalone or question.text) if is_content(term)}
    most = max(_says(sentence, asked) for sentence in quoted)
    return tuple(sentence for sentence in missing if most and _says(sentence, asked) == most)


def _says(sentence: Sentence, asked: set[str]) -> int:
    return len(asked & set(terms(sentence.text)))


def _stood_for(sentence: Sentence, said: Sequence[Citation]) -> bool:
    return any(_overlap(own, other) for own in sentence.citations for other in said)


def _overlap(one: Citation, other: Citation) -> bool:
    """Whether two citations share a stretch of a section; the language variants of one section are taken for the same place."""
    if one.document != other.document:
        return False
    if one.section != other.section:
        return one.section.partition("/")[0] != other.section.partition("/")[0]
    return one.start < other.end and other.start < one.end

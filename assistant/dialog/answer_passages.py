"""Answers from documents: the chosen sentences, steps and rows, quoted in their order, in the asker's variant or said to be in another language; no facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.dialog.answer_facts import Says
from assistant.knowledge.calibration import Retrieval
from assistant.knowledge.extract import SENTENCES, Choice, Chooser, Unit, choose
from assistant.knowledge.search import Found, passage
from assistant.text.script import to_traditional
from assistant.types import Answer, Citation, Language, Sentence

_NAMES = {"zh": {"zh": "中文", "en": "Chinese"}, "en": {"zh": "英文", "en": "English"}}


def from_passages(found: Found | None, chooser: Chooser, calibration: Retrieval, *, says: Says, language: Language) -> Answer | None:
    """The best section's sentences, with the best of a second one when it says something asked that the first does not; None below the floor."""
    choices = choose(found, chooser) if found is not None else ()
    if found is None or not choices:
        return None
    best = choices[0]
    variant = "en" if language == "en" else "zh"
    judge = calibration.own if best.hit.section.language == variant else calibration.across
    support = judge.of(best.signals)
    if support < judge.floor:
        return None
    sentences = [_sentence(best, unit, language) for unit in best.units]
    if best.hit.section.language != variant:
        name = _NAMES.get(best.hit.section.language, {}).get(variant, best.hit.section.language)
        sentences.insert(0, Sentence(says.say("source_language", language, name=name)))
    products = chooser.products or best.hit.section.products
    return Answer("passage", tuple(_distinct(sentences)), support, products, passages=(passage(best.hit),), signals=best.signals)


def judged(found: Found, chooser: Chooser) -> Choice | None:
    """The choice that support is judged on, for fitting and for people."""
    choices = choose(found, chooser)
    return choices[0] if choices else None


def _sentence(choice: Choice, unit: Unit, language: Language) -> Sentence:
    section, document = choice.hit.section, choice.hit.document
    title = f"{document.title} > {section.heading}" if section.heading else document.title
    quote = section.text[unit.start : unit.end]
    citation = Citation(section.document, section.version, section.id, quote, unit.start, unit.end, title)
    text = to_traditional(unit.text) if language == "zh-Hant" and section.language == "zh" else unit.text
    return Sentence(_closed(text, section.language), (citation,))


def _closed(text: str, language: str) -> str:
    """A row or line gets its full stop, so that it stands as a sentence among others."""
    if text[-1:] in "。.!?！？；;…":
        return text.rstrip("；;") + ("。" if language == "zh" else ".") if text[-1:] in "；;" else text
    return text + ("。" if language == "zh" else ".")


def _distinct(sentences: Sequence[Sentence]) -> list[Sentence]:
    kept: dict[str, Sentence] = {}
    for sentence in sentences:
        kept.setdefault("".join(sentence.text.split()).lower(), sentence)
    return [replace(sentence) for sentence in kept.values()][: SENTENCES + 1]

"""Answers from documents: the chosen sentences, steps and rows, quoted in their order, in the asker's variant or said to be in another language; no facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.dialog.answer_facts import Says
from assistant.knowledge.calibration import Retrieval, Support
from assistant.knowledge.extract import SENTENCES, Choice, Chooser, Unit, choose
from assistant.knowledge.facts import display
from assistant.knowledge.search import Found, passage
from assistant.text.fold import fold
from assistant.text.script import to_traditional
from assistant.text.units import canonical_unit, dimension, find_quantities
from assistant.types import Answer, Citation, Language, Sentence
from assistant.workspace.model import Catalog

_NAMES = {"zh": {"zh": "中文", "en": "Chinese"}, "en": {"zh": "英文", "en": "English"}}
# what a first section leaves unsaid is looked for in a second one when it weighs this much
_MISSED = 2.0


def from_passages(found: Found, chooser: Chooser, calibration: Retrieval, catalog: Catalog, *, says: Says, language: Language) -> Answer | None:
    """The best section's units; beside them those of the sibling product when no product was named, or of a second section for what is left unsaid.

    None when the best section's support is below the floor.
    """
    choices = choose(found, chooser)
    if not choices:
        return None
    best = choices[0]
    support = support_of(best, calibration, language)
    if support.of(best.signals) < support.floor or (chooser.absent and chooser.asked and not _speaks_of(best, chooser, catalog)):
        return None
    used = _used(found, choices, chooser, catalog, floor=lambda choice: _reaches(choice, calibration, language))
    variant = _variant(language)
    sentences = [_sentence(choice, unit, catalog, language, labelled=labelled) for choice, unit, labelled in used]
    foreign = [choice.hit.section.language for choice, _, _ in used if choice.hit.section.language != variant]
    if foreign:
        name = _NAMES.get(foreign[0], {}).get(variant, foreign[0])
        sentences.insert(0, Sentence(says.say("source_language", language, name=name)))
    products = chooser.products or best.hit.section.products
    passages = tuple(dict.fromkeys(passage(choice.hit) for choice, _, _ in used))
    return Answer("passage", tuple(_distinct(sentences)), support.of(best.signals), products, passages=passages, signals=best.signals)


def _speaks_of(choice: Choice, chooser: Chooser, catalog: Catalog) -> bool:
    """Whether the chosen units say something of an attribute that the facts do not have: its word, and a figure of its dimension where it has one."""
    text = " ".join(unit.text for unit in choice.units)
    ideas = chooser.said(text).ideas
    measured = {quantity.dimension for quantity in find_quantities(fold(text))}
    for name in chooser.asked:
        attribute = catalog.attributes.get(name)
        unit = canonical_unit(attribute.unit) if attribute else ""
        if f"~attribute.{name}" in ideas and (not unit or dimension(unit) in measured):
            return True
    return False


def support_of(choice: Choice, calibration: Retrieval, language: Language) -> Support:
    """The model that judges a choice: of the asker's own language, or across languages."""
    return calibration.own if choice.hit.section.language == _variant(language) else calibration.across


def _reaches(choice: Choice, calibration: Retrieval, language: Language) -> bool:
    support = support_of(choice, calibration, language)
    return support.of(choice.signals) >= support.floor


def _variant(language: Language) -> str:
    return "en" if language == "en" else "zh"


Used = tuple[Choice, Unit, bool]
Floor = Callable[[Choice], bool]


def _used(found: Found, choices: Sequence[Choice], chooser: Chooser, catalog: Catalog, *, floor: Floor) -> list[Used]:
    """The units to say, and whether each has to be labelled with its product."""
    best = choices[0]
    sibling = _sibling(choices, chooser, catalog)
    if sibling is not None:
        return [(best, best.best, True), (sibling, sibling.best, True)]
    row = len(best.hit.section.products) == 1 or len(chooser.products) == 1
    used = [(best, unit, row and unit.kind == "row") for unit in best.units]
    covered = chooser.said(f"{best.hit.section.hash}\n{best.hit.section.text}", found.snapshot.terms[best.hit.number])
    missed = [item for item in found.query.items if item.weight >= _MISSED and not covered.covers(item)]
    for choice in choices[1:4]:
        new = chooser.said(choice.best.text)
        if len(used) < SENTENCES and floor(choice) and any(new.covers(item) for item in missed) and choice.hit.section.language == best.hit.section.language:
            used.append((choice, choice.best, choice.best.kind == "row" and len(choice.hit.section.products) == 1))
            break
    return used


def _sibling(choices: Sequence[Choice], chooser: Chooser, catalog: Catalog) -> Choice | None:
    """For a question that names no product, the same section of another product of the family: both are told apart, none is passed over."""
    best = choices[0]
    if chooser.products or len(best.hit.section.products) != 1:
        return None
    own = catalog.products.get(best.hit.section.products[0])
    for choice in choices[1:]:
        section = choice.hit.section
        other = catalog.products.get(section.products[0]) if len(section.products) == 1 else None
        same = section.heading == best.hit.section.heading and section.language == best.hit.section.language
        if own and other and same and other.sku != own.sku and other.family == own.family:
            return choice
    return None


def _sentence(choice: Choice, unit: Unit, catalog: Catalog, language: Language, *, labelled: bool) -> Sentence:
    section, document = choice.hit.section, choice.hit.document
    title = f"{document.title} > {section.heading}" if section.heading else document.title
    citation = Citation(section.document, section.version, section.id, section.text[unit.start : unit.end], unit.start, unit.end, title)
    text = unit.text
    sku = section.products[0] if len(section.products) == 1 else ""
    if labelled and sku and sku.lower() not in text.lower():
        text = f"{display(sku, catalog, section.language)}{'：' if section.language == 'zh' else ': '}{text}"
    if language == "zh-Hant" and section.language == "zh":
        text = to_traditional(text)
    return Sentence(_closed(text, section.language), (citation,))


def _closed(text: str, language: str) -> str:
    """A row or line gets its full stop, so that it stands as a sentence among others."""
    stop = "。" if language == "zh" else "."
    if text[-1:] in "；;":
        return text[:-1] + stop
    return text if text[-1:] in "。.!?！？…:：" else text + stop


def _distinct(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    seen: set[str] = set()
    for sentence in sentences:
        key = "".join(sentence.text.split()).lower()
        if key not in seen:
            seen.add(key)
            yield sentence

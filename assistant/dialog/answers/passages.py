"""Answers from documents: the chosen sentences, steps and rows, quoted in their order, in the asker's variant or said to be in another language; no facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.dialog.answers.focus import narrowed
from assistant.dialog.answers.rows import asked_cells, owner
from assistant.dialog.answers.telling import Says
from assistant.dialog.question import NEAR
from assistant.knowledge.calibration import Retrieval, Support
from assistant.knowledge.cues import FITNESS, USE, WANTS
from assistant.knowledge.extract import SENTENCES, Choice, Chooser, Unit, choose, standing
from assistant.knowledge.facts import display
from assistant.knowledge.mentions import ATTRIBUTE, PRODUCT
from assistant.knowledge.plain import codes
from assistant.knowledge.query import LIGHT_WEIGHT, Item
from assistant.knowledge.search import Found, passage
from assistant.knowledge.sides import other_side
from assistant.text.fold import fold
from assistant.text.script import to_traditional
from assistant.text.units import canonical_unit, dimension, find_quantities
from assistant.types import Answer, Citation, Language, Sentence
from assistant.workspace.model import Catalog

_NAMES = {"zh": {"zh": "中文", "en": "Chinese"}, "en": {"zh": "英文", "en": "English"}}
# what a first section leaves unsaid is looked for in a second one when it weighs this much
_MISSED = 2.0
# a row's section may leave this share of a question unsaid that other texts do say
_PASSED_OVER = 0.36
# what is only near to a question is worth showing from this support on: half of such quotes were right on sets in everyday words
NEAR_FLOOR = 0.2
# so many of the best sections are looked at for one that does not tell something else
TRIED = 3
# how sure an answer is that says in so many words what a product is for, and the share of a question that its section says at least
IN_WORDS, HALF = 0.85, 0.5
# and how sure one is whose headings say all that is asked
HEADED = 0.7
# with less weight of shared words than this (1 = two words that are nowhere else), and a cosine below this, a choice says too little of what is asked
THIN_WORDS, THIN_MEANING = 0.4, 0.25
# from this cosine on a sentence that shares no word with a question may say the same in others
NEAR_MEANING = 0.55
# the share of a question that a section says at least, unless it says the word that weighs most
UNSAID = 0.15
_INCLUDED = re.compile(r"[含包](?!装|裝)|\binclu(?:d|sive)", re.IGNORECASE)
# an hour is asked for, and stated
_HOUR = re.compile(
    r"几点|开门|关门|打烊|营业时间|开放时间|\bwhat (?:time|hours)\b|\b(?:clos|open|load)ing (?:time|hours?)\b"
    r"|\b(?:when|how late)\b[^.?!]{0,30}\b(?:open|close|shut)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}|\d\s*点|\b\d{1,2}\s*[ap]\.?m\b", re.IGNORECASE)
_FIGURES = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LEFT_OUT = re.compile(
    r"(?:不含|不包括|不包含|未含|未包括|除外的?"
    r"|excluding|exclusive of|(?:do|does|is|are) not includ(?:e|ed|ing)|not including|excludes?)\s*(?P<what>[^,，.。;；:：]*)",
    re.IGNORECASE,
)


def from_passages(
    found: Found, chooser: Chooser, calibration: Retrieval, catalog: Catalog, *, says: Says, language: Language, known: frozenset[str] = frozenset()
) -> Answer | None:
    """The best section's units; beside them those of the sibling product when no product was named, or of a second section for what is left unsaid.

    None when the best section's support is below the floor. `known` are figures that facts state of the products for what is not asked.
    """
    choices = choose(found, chooser)
    if not choices:
        return None
    coded = next((choice for choice in choices[:TRIED] if _keyed(choice, found.query.text)), None)
    if coded is not None:
        choices = (coded, *(choice for choice in choices if choice is not coded))
    support = support_of(choices[0], calibration, language)
    if support.of(choices[0].signals) < IN_WORDS and (told := _of_use(found, choices, chooser, catalog, language=language)) is not None:
        return told
    if support.of(choices[0].signals) < support.floor and coded is None:
        return None
    if chooser.absent and chooser.asked and not _speaks_of(choices[0], chooser, catalog):
        return None
    if _thin(choices[0], found) or _unsaid(choices[0], language) or _only_goods(choices[0], found, chooser, language):
        return None
    text = found.query.text
    straight = (choice for choice in choices[:TRIED] if not (_astray(choice, chooser, text) or _of_another(choice, found, chooser)))
    best = next((choice for choice in straight if not _beside_the_point(choice, found, chooser, known)), None)
    if best is None or not (best is coded or _reaches(best, calibration, language)):
        return None
    if best is not choices[0]:
        choices = (best, *(choice for choice in choices if choice is not best))
        support = support_of(best, calibration, language)
    used = _used(found, choices, chooser, catalog, floor=lambda choice: _reaches(choice, calibration, language))
    used = [*_hours_of(found, choices), *used][:SENTENCES]
    variant = _variant(language)
    sentences = [_sentence(choice, unit, chooser, catalog, language=language, labelled=labelled, items=found.query.items) for choice, unit, labelled in used]
    foreign = [choice.hit.section.language for choice, _, _ in used if choice.hit.section.language != variant]
    if foreign:
        name = _NAMES.get(foreign[0], {}).get(variant, foreign[0])
        sentences.insert(0, Sentence(says.say("source_language", language, name=name, source=foreign[0])))
    products = chooser.products or best.hit.section.products
    passages = tuple(dict.fromkeys(passage(choice.hit) for choice, _, _ in used))
    sure = support.of(best.signals)
    if best is coded or min(best.signals["title"], best.signals["coverage"]) >= 1:
        sure = max(sure, HEADED)
    return Answer("passage", tuple(_distinct(sentences)), sure, products, passages=passages, signals=best.signals)


def _hours_of(found: Found, choices: Sequence[Choice]) -> list[Used]:
    """The hours that another section of the best one's page states, where an hour is asked for and the best section states none."""
    best = choices[0]
    if not _HOUR.search(found.query.text) or any(_CLOCK.search(unit.text) for unit in best.units):
        return []
    page = (best.hit.section.document, best.hit.section.language)
    told = next((each for each in choices[1:] if (each.hit.section.document, each.hit.section.language) == page and _CLOCK.search(each.best.text)), None)
    return [(told, unit, False) for unit in told.units] if told is not None else []


def _keyed(choice: Choice, question: str) -> bool:
    """Whether a row that was chosen is the one whose first cell is a code that the question names ("the display says E17")."""
    rows = [unit.text.lstrip().lower() for unit in choice.units if unit.kind == "row"]
    return any(re.match(rf"{re.escape(code.lower())}(?![\w-])", row) for code in codes(question) for row in rows)


def nearest(
    found: Found, chooser: Chooser, calibration: Retrieval, catalog: Catalog, *, says: Says, language: Language, known: frozenset[str] = frozenset()
) -> Answer | None:
    """What comes nearest to a question that nothing answers with enough support: quoted as that, never as the answer (kind NEAR, with its own support).

    None below NEAR_FLOOR, for what is of another product or attribute, and for an attribute that the facts do not have.
    """
    choices = choose(found, chooser)
    best = choices[0] if choices else None
    if best is None or _astray(best, chooser, found.query.text) or _beside_the_point(best, found, chooser, known):
        return None
    if _thin(best, found) or _of_another(best, found, chooser) or (chooser.absent and chooser.asked and not _speaks_of(best, chooser, catalog)):
        return None
    support = support_of(best, calibration, language).of(best.signals)
    if support < NEAR_FLOOR:
        return None
    section = best.hit.section
    labelled = len(section.products) == 1 or len(chooser.products) == 1
    sentences = [
        _sentence(best, unit, chooser, catalog, language=language, labelled=labelled and unit.kind == "row", items=found.query.items) for unit in best.units
    ]
    if section.language != _variant(language):
        name = _NAMES.get(section.language, {}).get(_variant(language), section.language)
        sentences.insert(0, Sentence(says.say("source_language", language, name=name, source=section.language)))
    return Answer(NEAR, tuple(_distinct(sentences)), support, chooser.products or section.products, passages=(passage(best.hit),), signals=best.signals)


def _unsaid(choice: Choice, language: Language) -> bool:
    """Whether a section in the asker's language says next to nothing of a question, its weightiest word neither: of such choices three in ten were right."""
    own = choice.hit.section.language == _variant(language)
    return own and choice.signals["coverage"] <= UNSAID and not choice.signals["peak"]


def _only_goods(choice: Choice, found: Found, chooser: Chooser, language: Language) -> bool:
    """Whether a choice shares with a question nothing but the goods both speak of: of the thing asked (a fridge) it says nothing (returns of that goods)."""
    if choice.hit.section.language != _variant(language) or choice.signals["unit_cosine"] >= NEAR_MEANING:
        return False
    asked = [item for item in found.query.items if not any(idea.startswith("~family.") for idea in item.ideas) and item.weight > LIGHT_WEIGHT]
    goods = len(asked) < len(found.query.items) or bool(found.query.names)
    section = choice.hit.section
    told = chooser.said(f"{choice.hit.document.title}\n{section.heading}\n" + "\n".join(unit.text for unit in choice.units))
    return goods and bool(asked) and not any(told.covers(item) for item in asked)


def _thin(choice: Choice, found: Found) -> bool:
    """Whether a choice shares only everyday words with a question ("ship", "pump"), is far from it in meaning, and no second encoder was asked about it.

    Where little is said, all of it is easily found somewhere, and the support that counts shares of a question looks high.
    """
    signals = choice.signals
    alike = signals["mass"] >= THIN_WORDS or signals["unit_cosine"] >= THIN_MEANING or signals["title"] >= HALF
    return not found.seconded and not signals["product"] and not alike


def _of_another(choice: Choice, found: Found, chooser: Chooser) -> bool:
    """Whether a question names a product and one thing wanted of it ("what does the P-9 cost?"), and the choice says nothing of that product."""
    items = found.query.items
    if not chooser.products or not any(asks.search(found.query.text) for asks, _ in WANTS):
        return False
    peak = max(items, key=lambda item: item.weight, default=None)
    if not chooser.asked and peak is not None and any(item is not peak and not set(item.ideas) & set(peak.ideas) for item in items):
        return False
    named = chooser.names.products(f"{choice.hit.document.title}\n{choice.hit.section.heading}")
    return not set(chooser.products) & {*choice.best.about, *choice.hit.section.products, *named}


def _of_use(found: Found, choices: Sequence[Choice], chooser: Chooser, catalog: Catalog, *, language: Language) -> Answer | None:
    """What the documents of a product say of a use that a question asks for in so many words ("P-200 for diesel?"), however little else they share.

    The sentence says most of what is asked, and that the product is or is not made for it; None for any other question, and of other products.
    """
    text = found.query.text
    if chooser.asked or not found.query.items or not FITNESS.search(text) or any(asks.search(text) for asks, _ in WANTS):
        return None
    peak = max(found.query.items, key=lambda item: (item.known, item.weight))
    for choice in choices[:TRIED]:
        section = choice.hit.section
        if not section.products or not set(chooser.products) <= set(section.products) or section.language != _variant(language) or choice.best.kind == "row":
            continue
        if peak.known and chooser.said(choice.best.text).covers(peak) and choice.signals["coverage"] >= HALF and USE.search(choice.best.text):
            sentences = tuple(_distinct([_sentence(choice, unit, chooser, catalog, language=language, labelled=not chooser.products) for unit in choice.units]))
            return Answer("passage", sentences, IN_WORDS, section.products, passages=(passage(choice.hit),), signals=choice.signals)
    return None


def _astray(choice: Choice, chooser: Chooser, question: str) -> bool:
    """Whether a choice tells of the other of two cases, or a figure of another attribute's row or, where it is asked of a product, of another one."""
    signals = choice.signals
    if other_side(question, f"{choice.hit.section.heading}\n{choice.best.text}"):
        return True
    if choice.best.kind == "row":
        head = re.split("[:;] ", choice.best.text)[0]
        keyed = bool(signals["number"]) and any(char.isdigit() for char in head)
        if _other_attribute(choice.best.text, chooser, question) or (signals["missing_known"] > _PASSED_OVER and not (signals["peak"] or keyed)):
            return True
    if not chooser.products or not any(asks.search(question) for asks, _ in WANTS):
        return False
    wanted, section = set(chooser.products), choice.hit.section
    named = set(chooser.names.products(f"{choice.hit.document.title}\n{section.heading}\n{choice.best.text}")) | choice.best.about
    if wanted & (named | set(section.products)):
        return False
    return bool(named) or not signals["peak_unit"]


def _beside_the_point(choice: Choice, found: Found, chooser: Chooser, known: frozenset[str]) -> bool:
    """Whether a figure is asked and the unit tells only figures of something else, or names what is asked only to leave it out ("freight not included")."""
    items = found.query.items
    if not items or not any(asks.search(found.query.text) for asks, _ in WANTS):
        return False
    peak = max(items, key=lambda item: item.weight)
    text = choice.best.text
    if not chooser.said(text).covers(peak):
        figures = {figure.replace(",", "") for figure in _FIGURES.findall(_without_names(text, chooser))}
        return bool(figures) and figures <= known
    left_out = _LEFT_OUT.search(text)
    if _INCLUDED.search(found.query.text):
        return False  # whether it is left out is what is asked
    if left_out is None or not chooser.said(left_out.group("what")).covers(peak):
        return False
    rest = text[: left_out.start()] + " " + text[left_out.end() :]
    return not chooser.said(rest).covers(peak)


def _without_names(text: str, chooser: Chooser) -> str:
    for mention in reversed(chooser.names.find(text)):
        if mention.ids(PRODUCT):
            text = text[: mention.start] + " " + text[mention.end :]
    return text


def _other_attribute(row: str, chooser: Chooser, question: str) -> bool:
    """Whether a row is headed by an attribute of the catalogue while the question names others only: an efficiency class is no efficiency."""
    asked, told = ({name for mention in chooser.names.find(text) for name in mention.ids(ATTRIBUTE)} for text in (question, row.partition(": ")[0]))
    return bool(asked and told) and not asked & told


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


# what a property is called, no code, no point in time; and what it may have as its value: a figure or a designation, no clause
_LABEL = re.compile(
    r"(?!每|第|首|启|停|when|every|each|daily|weekly|monthly|yearly|after|before|first)(?:[\u3400-\u9fff]{2,12}|[A-Za-z][a-z]{2,}(?: [A-Za-z-]+){0,4})",
    re.IGNORECASE,
)
_VALUE = re.compile(r"(?=.*[\dA-Z])[^,，。;；:：!?！？]{1,24}")

Used = tuple[Choice, Unit, bool]
Floor = Callable[[Choice], bool]


def _used(found: Found, choices: Sequence[Choice], chooser: Chooser, catalog: Catalog, *, floor: Floor) -> list[Used]:
    """The units to say, and whether each has to be labelled with its product."""
    best = choices[0]
    sibling = _sibling(choices, chooser, catalog)
    if sibling is not None:
        return [(choice, unit, True) for choice in (best, sibling) for unit in standing(choice)]
    row = len(best.hit.section.products) == 1 or len(chooser.products) == 1
    used = [(best, unit, row and unit.kind == "row") for unit in best.units]
    covered = chooser.said(f"{best.hit.section.hash}\n{best.hit.section.text}", found.snapshot.terms[best.hit.number])
    missed = [item for item in found.query.items if item.weight >= _MISSED and not covered.covers(item)]
    for choice in choices[1:4]:
        new = chooser.said(choice.best.text)
        if len(used) < SENTENCES and floor(choice) and any(new.covers(item) for item in missed) and choice.hit.section.language == best.hit.section.language:
            used += [(choice, unit, unit.kind == "row" and len(choice.hit.section.products) == 1) for unit in standing(choice)]
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


def _sentence(choice: Choice, unit: Unit, chooser: Chooser, catalog: Catalog, *, language: Language, labelled: bool, items: Sequence[Item] = ()) -> Sentence:
    section, document = choice.hit.section, choice.hit.document
    title = f"{document.title} > {section.heading}" if section.heading else document.title
    citation = Citation(section.document, section.version, section.id, section.text[unit.start : unit.end], unit.start, unit.end, title)
    text = unit.text if unit.kind != "sentence" or not chooser.products else narrowed(unit.text, chooser.products, chooser.names)
    if unit.kind == "row" and section.kind != "row":
        text = asked_cells(text, items, chooser)
    sku = owner(unit, section.products, chooser)
    about = display(sku, catalog, section.language) if labelled and sku and sku.lower() not in text.lower() else ""
    if unit.kind == "row":
        text = spoken_row(text, about, section.language)
    elif about:
        text = f"{about}{'：' if section.language == 'zh' else ': '}{text}"
    if language == "zh-Hant" and section.language == "zh":
        text = to_traditional(text)
    return Sentence(_closed(text, section.language), (citation,))


def spoken_row(text: str, about: str, language: str) -> str:
    """A table's row ("label: value" or "head: cell; head: cell") as a sentence without its stop, said of the product `about` ("" = of none)."""
    cells = [tuple(part.strip() for part in cell.partition(": ")[::2]) for cell in text.split("; ")]
    zh = language == "zh"
    if len(cells) == 1 or not all(value for _, value in cells):
        label, value = (part.strip() for part in text.partition(": ")[::2])
        if not value:
            return f"{about}{'：' if zh else ': '}{text}" if about else text
        if about and _VALUE.fullmatch(value) and _LABEL.fullmatch(label):
            return f"{about} 的{label}是 {value}" if zh else f"The {_lower(label)} of the {about} is {value}"
        return _headed((about, label), value, zh=zh)
    rest = [f"{_lower(head)} {value}" for head, value in cells[1:]]
    return _headed((about, cells[0][1]), ("，" if zh else ", ").join(rest), zh=zh)


def _headed(heads: Sequence[str], rest: str, *, zh: bool) -> str:
    return f"{('，' if zh else ', ').join(filter(None, heads))}{'：' if zh else ': '}{rest}"


def _lower(label: str) -> str:
    """A label inside a sentence: abbreviations and names keep their capitals."""
    return label[:1].lower() + label[1:] if re.match(r"[A-Z][a-z]+(?:\s|$)", label) else label


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

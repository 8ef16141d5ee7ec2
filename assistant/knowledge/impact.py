"""What a change of a document would touch: stored answers that cited it and evaluation cases that ask for it; it publishes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from assistant.knowledge.cases import Case
from assistant.knowledge.markdown import plain
from assistant.store.knowledge import SectionRow
from assistant.store.lookback import Told
from assistant.text.fold import fold
from assistant.text.script import to_simplified

Fate = Literal["stands", "changed", "gone"]
_BLANK = re.compile(r"\s+")
_FATES: Mapping[str, int] = {"gone": 0, "changed": 1, "stands": 2}


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section that is not the same afterwards. `kind`: added, changed, removed."""

    section: str
    language: str
    heading: str
    kind: Literal["added", "changed", "removed"]


@dataclass(frozen=True, slots=True)
class CitedAnswer:
    """A stored answer that quoted the document. `fate`: the quoted words still stand, their section says something else now, or it is not there any more."""

    turn: str
    conversation: str
    at: datetime
    question: str
    quote: str
    section: str
    version: int
    fate: Fate


@dataclass(frozen=True, slots=True)
class TouchedCase:
    """An evaluation case that the document answers. `fate` as for answers, by the strings of which an answer holds one; `others` answer it too."""

    id: str
    where: str
    question: str
    fate: Fate
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Impact:
    """All that a change touches, what suffers most first."""

    document: str
    sections: tuple[SectionChange, ...]
    answers: tuple[CitedAnswer, ...]
    cases: tuple[TouchedCase, ...]

    @property
    def safe(self) -> bool:
        """Whether everything said and expected still stands."""
        fates = [*(each.fate for each in self.answers), *(each.fate for each in self.cases)]
        return all(fate == "stands" for fate in fates)


def impact(document: str, *, old: Sequence[SectionRow], new: Sequence[SectionRow], told: Iterable[Told], cases: Iterable[tuple[str, Case]]) -> Impact:
    """What it means to serve the sections `new` of a document (none = it is retired) instead of `old`; `cases` come with the file they stand in."""
    answers = [answer for each in told for answer in _cited(document, each, new)]
    touched = [_touched(document, where, case, old, new) for where, case in cases if document in case.documents]
    return Impact(
        document,
        changes(old, new),
        tuple(sorted(answers, key=lambda each: (_FATES[each.fate], -each.at.timestamp(), each.turn))),
        tuple(sorted(touched, key=lambda each: (_FATES[each.fate], bool(each.others), each.id))),
    )


def changes(old: Sequence[SectionRow], new: Sequence[SectionRow]) -> tuple[SectionChange, ...]:
    """Sections added, changed and removed, each variant for itself; one that only moved is none."""
    before, after = ({(each.language, each.id): each for each in sections} for sections in (old, new))
    found = []
    for key, section in after.items():
        earlier = before.get(key)
        if earlier is None or _level(earlier.text) != _level(section.text) or earlier.context != section.context:
            found.append(SectionChange(section.id, section.language, section.heading, "added" if earlier is None else "changed"))
    found += [SectionChange(each.id, each.language, each.heading, "removed") for key, each in before.items() if key not in after]
    return tuple(found)


def _cited(document: str, told: Told, new: Sequence[SectionRow]) -> Iterable[CitedAnswer]:
    """Each place of the document that an answer quotes, once."""
    seen = set()
    for citation in told.citations:
        quote, section = str(citation.get("quote", "")), str(citation.get("section", ""))
        if citation.get("document") != document or (section, quote) in seen:
            continue
        seen.add((section, quote))
        fate = _fate([quote], new, section)
        yield CitedAnswer(told.turn, told.conversation, told.at, told.question, quote, section, _number(citation.get("version")), fate)


def _touched(document: str, where: str, case: Case, old: Sequence[SectionRow], new: Sequence[SectionRow]) -> TouchedCase:
    others = tuple(name for name in case.documents if name != document)
    was = _says(case.answers, old)
    if case.answers and was:
        fate: Fate = "stands" if _says(case.answers, new) else "changed" if new else "gone"
    else:
        named = [each for each in new if _named(case, each)]
        touched = {change.section for change in changes(old, new)}
        fate = "gone" if not named else "changed" if any(each.id in touched for each in named) else "stands"
    return TouchedCase(case.id, where, case.question, fate, others)


def _named(case: Case, section: SectionRow) -> bool:
    return not case.sections or section.id in case.sections or section.heading.rpartition(" > ")[2] in case.sections


def _fate(words: Sequence[str], new: Sequence[SectionRow], section: str) -> Fate:
    if _says(words, new):
        return "stands"
    return "changed" if any(each.id == section for each in new) else "gone"


def _says(words: Sequence[str], sections: Sequence[SectionRow]) -> bool:
    """Whether any of the words stands in any of the sections, headings and table headers included."""
    wanted = [level for each in words if (level := _level(each))]
    whole = "\n".join(_level(f"{each.heading} {each.context} {each.text} {plain(each.text)}") for each in sections)
    return any(each in whole for each in wanted)


def _level(text: str) -> str:
    return _BLANK.sub("", to_simplified(fold(text))).lower().replace(",", "")


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0

"""Labelled questions and how well they are served: which sections answer, and how often they are found; it fits nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.knowledge.search import Hit, HybridRetriever
from assistant.types import Language, Scope

LANGUAGES: Mapping[str, Language] = {"zh": "zh-Hans", "zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant", "en": "en"}


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what answers it: documents, headings or ids of sections, and strings of which an answer holds one. Neither = unanswerable."""

    id: str
    question: str
    language: Language
    documents: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()

    @property
    def group(self) -> int:
        """The same for the language twins of a question, so that they are never on both sides of a split."""
        return int("".join(char for char in self.id if char.isdigit()) or 0)

    @property
    def answerable(self) -> bool:
        """Whether the documents answer it."""
        return bool(self.documents or self.answers)

    def answered_by(self, hit: Hit) -> bool:
        """Whether a section is one of those that answer."""
        heading = hit.section.heading.rpartition(" > ")[2]
        named = not self.sections or hit.section.id in self.sections or heading in self.sections
        return hit.section.document in self.documents and named


@dataclass(frozen=True, slots=True)
class Recall:
    """Shares of `count` questions: the first section answers, one of the first five does; the same for documents."""

    count: int
    hit1: float
    recall5: float
    document1: float
    document5: float


def read_cases(path: Path, split: str) -> tuple[Case, ...]:
    """The lines of a JSONL file that belong to a split."""
    found = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return tuple(_case(line) for line in found if line.get("split") == split)


def _case(line: Mapping[str, Any]) -> Case:
    lists = (_many(line.get(name)) for name in ("document", "section", "answer"))
    return Case(line["id"], line["question"], LANGUAGES[line["lang"]], *lists)


def _many(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def recall(retriever: HybridRetriever, cases: Sequence[Case], scope: Scope) -> Recall:
    """How often the answering sections and documents are found within `scope`."""
    counts = [0, 0, 0, 0]
    for case in cases:
        found = retriever.find(case.question, language=case.language, scope=scope, k=5)
        hits = found.hits if found else ()
        right = [case.answered_by(hit) for hit in hits]
        there = [hit.section.document in case.documents for hit in hits]
        for number, value in enumerate((right[:1] == [True], any(right), there[:1] == [True], any(there))):
            counts[number] += value
    return Recall(len(cases), *(count / max(len(cases), 1) for count in counts))


def in_documents(cases: Iterable[Case], documents: set[str]) -> tuple[Case, ...]:
    """The cases that some of these documents answer."""
    return tuple(case for case in cases if documents.intersection(case.documents))

"""A model that answers correctly in words of its own: the answers of evals/data/truthful.jsonl, and how many of their sentences are released."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.dialog.model.sentences import cleaned, sentences_of
from assistant.dialog.support.judge import Ground, judge
from assistant.dialog.support.sense import Sense
from assistant.store.knowledge import SectionRow
from assistant.types import Citation


@dataclass(frozen=True)
class Truth:
    """One correct answer; `passages` are places ("returns#Return window") or texts of another company."""

    id: str
    language: str
    question: str
    passages: tuple[str, ...]
    answer: str

    @property
    def held_out(self) -> bool:
        """Odd numbers were never looked at by who made the judge."""
        return int(self.id.rsplit("-", 1)[-1]) % 2 == 1


@dataclass(frozen=True)
class Sentenced:
    truth: Truth
    sentence: str
    reason: str


def truths(path: Path) -> list[Truth]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Truth(row["id"], row["language"], row["question"], tuple(row["passages"]), row["answer"]) for row in rows]


def grounds_of(truth: Truth, sections: Sequence[SectionRow]) -> list[Ground]:
    """What the answer rests on, as the assistant would show it to a model."""
    found = []
    for place in truth.passages:
        document, sign, heading = place.partition("#")
        rows = [row for row in sections if sign and row.document == document and row.heading.split(" › ")[-1].strip() == heading.strip()]
        rows = rows or [row for row in sections if sign and row.document == document and heading.strip() in row.heading]
        if not rows:
            found.append(Ground(place, citation=Citation("given", 1, "given", "", 0, 0)))
        found += [Ground(row.text, row.heading, row.products, Citation(row.document, row.version, row.id, "", 0, 0, row.heading)) for row in rows]
    return found


def sentenced(truth: Truth, grounds: Sequence[Ground], products: Sequence[str], sense: Sense | None = None) -> list[Sentenced]:
    """Each sentence of the answer with the reason it is held back for, "" for those that leave."""
    found = []
    for raw in sentences_of(truth.answer):
        sentence = cleaned(raw)
        if sentence:
            judged = judge(sentence, grounds, language="en" if truth.language == "en" else "zh-Hans", products=products, sense=sense)
            found.append(Sentenced(truth, sentence, "" if judged.released else judged.reason or "unsupported"))
    return found

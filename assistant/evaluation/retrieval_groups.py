"""How well questions that ask the same are brought together, judged on labelled groups of paraphrases; it groups no stored question."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import InvalidInput
from assistant.knowledge.concepts import Concepts
from assistant.knowledge.grouping import NEAR, cut, likeness
from assistant.knowledge.mentions import Names
from assistant.ports import Encoder
from assistant.text.script import detect_language, to_simplified

STEPS = tuple(step / 100 for step in range(4, 62, 2))
# open questions come in dozens as well as by the hundred: a threshold is fitted on samples of so many groups, and on all of them
SAMPLES = (8, 16)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of questions: `right` brought together rightly, of `made` brought together and `wanted` that should be; `across`: of two languages."""

    right: int
    made: int
    wanted: int
    across: float

    @property
    def precision(self) -> float:
        return self.right / self.made if self.made else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)


def read_groups(path: Path, split: str = "") -> tuple[tuple[str, ...], ...]:
    """The groups of a JSONL file of {"id", "split", "questions": [...]}. Raises InvalidInput."""
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        found = tuple(tuple(row["questions"]) for row in rows if split in ("", row.get("split")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InvalidInput(f"{path} holds no groups of questions: {error}") from error
    if sum(map(len, found)) < 2:
        raise InvalidInput(f"{path} holds no groups{f' of split {split!r}' if split else ''}")
    return found


def judged(groups: Sequence[Sequence[str]], encoder: Encoder, names: Names, concepts: Concepts, *, near: float = NEAR) -> Pairs:
    """What grouping all of these questions at once makes of them."""
    alike, wanted, foreign = _prepared(groups, encoder, names, concepts)
    return _pairs(alike, wanted, foreign, near=near)


def fitted(groups: Sequence[Sequence[str]], encoder: Encoder, names: Names, concepts: Concepts) -> tuple[float, float]:
    """(the threshold that serves these groups best, its mean F1) over all of them together and over runs of a few, which say nothing of each other."""
    parts = [groups, *(groups[at : at + size] for size in SAMPLES for at in range(0, len(groups) - size + 1, size))]
    prepared = [_prepared(part, encoder, names, concepts) for part in parts]
    sizes = [len(part) for part in parts]

    def served(near: float) -> float:
        by_size: dict[int, list[float]] = {}
        for size, (alike, wanted, foreign) in zip(sizes, prepared, strict=True):
            by_size.setdefault(size, []).append(_pairs(alike, wanted, foreign, near=near).f1)
        return sum(sum(each) / len(each) for each in by_size.values()) / len(by_size)

    best = max(STEPS, key=lambda near: (served(near), -near))
    return best, served(best)


def _prepared(groups: Sequence[Sequence[str]], encoder: Encoder, names: Names, concepts: Concepts) -> tuple[Any, Any, Any]:
    import numpy as np

    texts = [text for group in groups for text in group]
    labels = np.array([number for number, group in enumerate(groups) for _ in group])
    tongues = np.array([detect_language(text, sticky="en") == "en" for text in texts])
    vectors = encoder.encode([to_simplified(text) for text in texts])
    alike = likeness(texts, vectors, encoder, names, concepts=concepts)
    return alike, labels[:, None] == labels, tongues[:, None] != tongues


def _pairs(alike: Any, wanted: Any, foreign: Any, *, near: float) -> Pairs:
    import numpy as np

    labels = cut(alike, near)
    upper = np.triu_indices(len(labels), 1)
    made, right, other = (labels[:, None] == labels)[upper], wanted[upper], foreign[upper]
    across = float((made & right & other).sum() / max((right & other).sum(), 1))
    return Pairs(int((made & right).sum()), int(made.sum()), int(right.sum()), across)

"""The weighed part of support checking: a few signals of a sentence that broke no rule, and how likely it is supported; fitted on labelled sentences, pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import exp

from assistant.dialog.support.match import Match, recall, strayed, weight
from assistant.dialog.support.units import Clause

WEIGHTS: Mapping[str, float] = {"least": 10.0, "lost": -3.0, "near": -0.3, "strayed": -8.0}
BIAS = -1.8
THRESHOLD = 0.5
_HAN = re.compile(r"[\u3400-\u9fff]")


def signals(clauses: Sequence[Clause], found: Sequence[Match], sentence: str, known: str) -> dict[str, float]:
    """Shares and counts of one sentence. `cover`, `least`: mean and least share of a clause's words that its window says; `lost`: words said nowhere near."""
    covers = [match.cover for match in found] or [0.0]
    lost = [word for match in found for word in match.lost]
    left = [figure for match in found for figure in match.left]
    across = bool(_HAN.search(sentence)) != any(_HAN.search(clause.text) for match in found for clause in match.window)
    return {
        "cover": sum(covers) / len(covers),
        "least": min(covers),
        "lost": float(sum(weight(word) for word in lost)),
        "strange": float(sum(not word.ideas for word in lost)),
        "proper": float(sum(word.proper for word in lost)),
        "near": float(sum(match.near for match in found)),
        "recall": min((recall(clause, match) for clause, match in zip(clauses, found, strict=True)), default=0.0),
        "strayed": sum(strayed(clause, match) for clause, match in zip(clauses, found, strict=True)),
        "left": float(len(left)),
        "figures": float(any(clause.figures for clause in clauses)),
        "across": float(across),
        "length": float(sum(len(clause.content) for clause in clauses)) / 10,
    }


def score_of(said: Mapping[str, float], weights: Mapping[str, float] = WEIGHTS, bias: float = BIAS) -> float:
    """The likelihood 0-1 that the sentence is supported."""
    total = bias + sum(value * said.get(name, 0.0) for name, value in weights.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))

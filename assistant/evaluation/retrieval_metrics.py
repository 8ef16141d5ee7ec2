"""How good rankings are: hit, recall, reciprocal rank and nDCG with bootstrap intervals; pure arithmetic, it searches nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

RESAMPLES, SEED = 1000, 20260601
SHARE = 0.95


@dataclass(frozen=True, slots=True)
class Ranking:
    """What was found for one question, best first and each once, and what is right for it with its grade (more than 0)."""

    question: str
    found: tuple[str, ...]
    relevant: Mapping[str, int]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over questions with its bootstrap interval of 95 %."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of `count` questions."""

    count: int
    hit1: Figure
    recall5: Figure
    mrr10: Figure
    ndcg10: Figure


def hit(ranking: Ranking, k: int) -> float:
    """1 when one of the first `k` is right."""
    return float(any(ranking.relevant.get(each, 0) > 0 for each in ranking.found[:k]))


def recall(ranking: Ranking, k: int) -> float:
    """The share of what is right among the first `k`."""
    right = sum(grade > 0 for grade in ranking.relevant.values())
    return sum(ranking.relevant.get(each, 0) > 0 for each in ranking.found[:k]) / right if right else 0.0


def reciprocal_rank(ranking: Ranking, k: int) -> float:
    """1 / the place of the first right one; 0 when it is not among the first `k`."""
    return next((1 / place for place, each in enumerate(ranking.found[:k], 1) if ranking.relevant.get(each, 0) > 0), 0.0)


def ndcg(ranking: Ranking, k: int) -> float:
    """Normalised discounted cumulative gain with the grade itself as gain, as trec_eval computes it (Järvelin and Kekäläinen 2002)."""
    gained = sum(max(ranking.relevant.get(each, 0), 0) / log2(place + 1) for place, each in enumerate(ranking.found[:k], 1))
    ideal = sorted((grade for grade in ranking.relevant.values() if grade > 0), reverse=True)[:k]
    best = sum(grade / log2(place + 1) for place, grade in enumerate(ideal, 1))
    return gained / best if best else 0.0


def scores(rankings: Sequence[Ranking]) -> Scores:
    """All figures of some rankings; zeros for none."""
    return Scores(
        len(rankings),
        figure([hit(each, 1) for each in rankings]),
        figure([recall(each, 5) for each in rankings]),
        figure([reciprocal_rank(each, 10) for each in rankings]),
        figure([ndcg(each, 10) for each in rankings]),
    )


def figure(values: Sequence[float], *, seed: int = SEED) -> Figure:
    """The mean of one value a question, with the percentile bootstrap over questions (Efron 1979); the same values give the same interval."""
    import numpy as np

    if not values:
        return Figure(0.0, 0.0, 0.0)
    table = np.asarray(values, dtype=np.float64)
    drawn = np.random.default_rng(seed).integers(0, len(table), size=(RESAMPLES, len(table)))
    low, high = np.quantile(table[drawn].mean(axis=1), [(1 - SHARE) / 2, (1 + SHARE) / 2])
    return Figure(float(table.mean()), float(low), float(high))


def gain(ours: Sequence[float], theirs: Sequence[float]) -> Figure:
    """The mean difference of paired values: the interval excludes 0 where one of the two is really better. Raises ValueError for unequal lengths."""
    return figure([a - b for a, b in zip(ours, theirs, strict=True)])

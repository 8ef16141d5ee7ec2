"""The statistics of the intent model: n-gram weights, a kernel machine over vectors and n-grams, calibration and thresholds; numpy and scipy only, no text.

Model: least-squares classification with the kernel k = (a² + ab + b) / 3 of a = cosine of the sentence vectors and b = cosine of the TF-IDF n-grams
(Rifkin & Klautau 2004; "regularised least squares"). Its leave-one-out scores are exact and free (Y - A / diag((K + λI)⁻¹)), so that probabilities and
thresholds come from predictions on examples the model has not seen, without cross-validation runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int32]

RIDGE = 0.1


@dataclass(frozen=True, slots=True)
class Grams:
    """TF-IDF weights by n-gram and the examples that hold each: the rows of n-gram i are `rows[starts[i]:starts[i + 1]]` with their `weights`."""

    names: tuple[str, ...]
    idf: Floats
    starts: Ints
    rows: Ints
    weights: Floats
    unknown: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted classifier: `coefficients` (examples × intents), leave-one-out `held_out` scores, and what turns scores into probabilities."""

    coefficients: Floats
    held_out: Floats
    sharpness: float


def weigh(features: Sequence[Sequence[str]]) -> Grams:
    """N-gram weights: (1 + log tf) · idf, each example of length 1; idf = 1 + log((1 + n) / (1 + df)). `unknown` is the idf of an n-gram never seen."""
    import numpy as np

    index: dict[str, int] = {}
    columns, rows, counts = [], [], []
    for row, grams in enumerate(features):
        tally: dict[int, int] = {}
        for gram in grams:
            column = index.setdefault(gram, len(index))
            tally[column] = tally.get(column, 0) + 1
        columns.extend(tally)
        counts.extend(tally.values())
        rows.extend([row] * len(tally))
    column_of, row_of = np.array(columns, dtype=np.int32), np.array(rows, dtype=np.int32)
    n = len(features)
    idf = 1 + np.log((1 + n) / (1 + np.bincount(column_of, minlength=len(index))))
    raw = (1 + np.log(np.array(counts, dtype=np.float64))) * idf[column_of]
    norms = np.sqrt(np.bincount(row_of, raw**2, minlength=n))
    weights = (raw / np.maximum(norms[row_of], 1e-9)).astype(np.float32)
    order = np.argsort(column_of, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(column_of, minlength=len(index)))]).astype(np.int32)
    return Grams(tuple(index), idf.astype(np.float32), starts, row_of[order], weights[order], float(1 + np.log(1 + n)))


def kernel(vectors: Floats, overlaps: Floats) -> Floats:
    """k of cosines (any shape)."""
    mixed: Floats = (vectors * vectors + vectors * overlaps + overlaps) / 3
    return mixed


def fit(vectors: Floats, grams: Grams, *, labels: Ints, ridge: float = RIDGE) -> Fit:
    """The classifier of unit `vectors` (n × d) and n-grams; `labels` are 0 … k-1, each present."""
    import numpy as np
    from scipy.linalg import lapack
    from scipy.sparse import csc_matrix

    n, k = len(labels), int(labels.max()) + 1
    table = csc_matrix((grams.weights, grams.rows, grams.starts), shape=(n, len(grams.names)))
    matrix = kernel(vectors @ vectors.T, (table @ table.T).toarray())
    matrix[np.arange(n), np.arange(n)] += ridge
    factor, _ = lapack.spotrf(matrix, lower=1, overwrite_a=1)
    inverse, _ = lapack.spotri(factor, lower=1, overwrite_c=1)
    inverse = np.tril(inverse) + np.tril(inverse, -1).T
    targets = np.zeros((n, k), dtype=np.float32)
    targets[np.arange(n), labels] = 1
    coefficients = (inverse @ targets).astype(np.float32)
    held_out = (targets - coefficients / np.diag(inverse)[:, None]).astype(np.float32)
    return Fit(coefficients, held_out, _sharpness(held_out, labels))


def _sharpness(scores: Floats, labels: Ints) -> float:
    """The factor (inverse temperature) under which the softmax of the scores gives the labels their likelihood; golden-section search on a log scale."""
    import numpy as np

    rows = np.arange(len(labels))

    def loss(log_factor: float) -> float:
        return float(-np.log(softmax(scores, float(np.exp(log_factor)))[rows, labels] + 1e-12).mean())

    low, high, ratio = 0.0, 4.0, (5**0.5 - 1) / 2
    for _ in range(30):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, right) if loss(left) < loss(right) else (left, high)
    return float(np.exp((low + high) / 2))


def softmax(scores: Floats, sharpness: float) -> Floats:
    """Probabilities of rows of scores."""
    import numpy as np

    scaled = scores * np.float32(sharpness)
    scaled -= scaled.max(axis=-1, keepdims=True)
    powers = np.exp(scaled)
    found: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return found

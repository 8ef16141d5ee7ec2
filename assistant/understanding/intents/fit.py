"""The statistics of the intent model: n-gram weights, a kernel machine over vectors and n-grams, calibration and thresholds; numpy and scipy, no text.

Model: least-squares classification (Rifkin & Klautau 2004) with the kernel k = (a² + ab + b) / 3 of a = cosine of the sentence vectors and b = cosine of
the TF-IDF n-grams. It measured better than logistic regression on the joined features, and its leave-one-out scores are exact and free
(Y - A / diag((K + λI)⁻¹)), so that probabilities and thresholds come from predictions on examples the model has not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int32]

RIDGE = 0.1
_BLOCK = 256
PRECISION = 0.9
LOWEST, HIGHEST = 0.25, 0.4


@dataclass(frozen=True, slots=True)
class Grams:
    """TF-IDF weights by n-gram and the examples that hold each: the rows of n-gram i are `rows[starts[i]:starts[i + 1]]` with their `weights`.

    `unknown` is the idf of an n-gram never seen: a text of strange words must not look near to the examples because of the few words it shares.
    """

    names: tuple[str, ...]
    idf: Floats
    starts: Ints
    rows: Ints
    weights: Floats
    unknown: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted classifier: `coefficients` (examples × intents), leave-one-out `held_out` scores of the same shape, and the softmax's `sharpness`."""

    coefficients: Floats
    held_out: Floats
    sharpness: float


def weigh(features: Sequence[Sequence[str]]) -> Grams:
    """N-gram weights: (1 + log tf) · idf, each example of length 1; idf = 1 + log((1 + n) / (1 + df))."""
    import numpy as np

    index: dict[str, int] = {}
    columns: list[int] = []
    rows: list[int] = []
    counts: list[int] = []
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
    df = np.bincount(column_of, minlength=len(index))
    idf = 1 + np.log((1 + n) / (1 + df))
    raw = (1 + np.log(np.array(counts, dtype=np.float64))) * idf[column_of]
    norms = np.sqrt(np.bincount(row_of, raw**2, minlength=n))
    weights = (raw / np.maximum(norms[row_of], 1e-9)).astype(np.float32)
    order = np.argsort(column_of, kind="stable")
    starts = np.concatenate([[0], np.cumsum(df)]).astype(np.int32)
    return Grams(tuple(index), idf.astype(np.float32), starts, row_of[order], weights[order], float(1 + np.log(1 + n)))


def overlap(grams: Grams, index: dict[str, int], features: Sequence[str], *, size: int) -> Floats:
    """Cosine of a text's n-grams with each of `size` examples; `index` is the place of every n-gram in `grams`."""
    import numpy as np

    tally: dict[str, int] = {}
    for gram in features:
        tally[gram] = tally.get(gram, 0) + 1
    norm = 0.0
    rows, values = [], []
    for gram, count in tally.items():
        at = index.get(gram)
        weight = (1 + float(np.log(count)) if count > 1 else 1.0) * (grams.unknown if at is None else float(grams.idf[at]))
        norm += weight * weight
        if at is not None:
            span = slice(grams.starts[at], grams.starts[at + 1])
            rows.append(grams.rows[span])
            values.append(grams.weights[span] * np.float32(weight))
    if not rows:
        return np.zeros(size, dtype=np.float32)
    found: Floats = (np.bincount(np.concatenate(rows), np.concatenate(values), minlength=size) / np.sqrt(norm)).astype(np.float32)
    return found


def kernel(vectors: Floats, overlaps: Floats) -> Floats:
    """k of cosines of vectors and of n-grams (arrays of one shape)."""
    mixed: Floats = vectors + overlaps
    mixed *= vectors
    mixed += overlaps
    mixed /= 3
    return mixed


def compress(vectors: Floats, size: int) -> tuple[Floats, Floats]:
    """The vectors on their `size` principal directions, and the projection (d × size); cosines stay what they were but for what noise adds to them."""
    import numpy as np

    if vectors.shape[1] <= size:
        return vectors, np.eye(vectors.shape[1], dtype=np.float32)
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    projection = np.ascontiguousarray(directions[:, -size:]).astype(np.float32)
    return vectors @ projection, projection


def fit(vectors: Floats, grams: Grams, *, labels: Ints, ridge: float = RIDGE) -> Fit:
    """The classifier of `vectors` (n × d) and n-grams; `labels` are 0 … k-1, each present."""
    import numpy as np
    from scipy.linalg import lapack  # type: ignore[import-untyped]
    from scipy.sparse import csc_matrix  # type: ignore[import-untyped]

    n, k = len(labels), int(labels.max()) + 1
    matrix = _gram(vectors, csc_matrix((grams.weights, grams.rows, grams.starts), shape=(n, len(grams.names))).tocsr())
    matrix[np.arange(n), np.arange(n)] += ridge
    targets = np.zeros((n, k), dtype=np.float32)
    targets[np.arange(n), labels] = 1
    factor, _ = lapack.spotrf(matrix.T, lower=1, overwrite_a=1)
    coefficients, _ = lapack.spotrs(factor, targets, lower=1)
    half, _ = lapack.strtri(factor, lower=1, overwrite_c=1)
    held_out = (targets - coefficients / _column_squares(half)[:, None]).astype(np.float32)
    return Fit(np.ascontiguousarray(coefficients, dtype=np.float32), held_out, _sharpness(held_out, labels))


def _column_squares(lower: Floats) -> Floats:
    """The sums of squares of a lower triangle's columns, which of the inverse of a Cholesky factor are the diagonal of the whole inverse."""
    import numpy as np

    sums = np.empty(len(lower), dtype=np.float32)
    for start in range(0, len(lower), _BLOCK):
        stop = start + _BLOCK
        corner, below = np.tril(lower[start:stop, start:stop]), lower[stop:, start:stop]
        sums[start:stop] = np.einsum("ij,ij->j", corner, corner) + np.einsum("ij,ij->j", below, below)
    return sums


def _gram(vectors: Floats, table: Any) -> Floats:
    """The kernel of every two examples, a block of rows at a time, so that a block stays in the processor's cache."""
    import numpy as np

    n = len(vectors)
    matrix = np.empty((n, n), dtype=np.float32)
    turned = table.T.tocsr()
    for start in range(0, n, _BLOCK):
        rows = slice(start, start + _BLOCK)
        matrix[rows] = kernel(vectors[rows] @ vectors.T, (table[rows] @ turned).toarray())
    return matrix


def _sharpness(scores: Floats, labels: Ints) -> float:
    """The factor (inverse temperature) under which the softmax of the scores gives the labels their likelihood; golden-section search on a log scale."""
    import numpy as np

    rows = np.arange(len(labels))

    def loss(log_factor: float) -> float:
        return float(-np.log(softmax(scores, float(np.exp(log_factor)))[rows, labels] + 1e-12).mean())

    low, high, ratio = 0.0, 4.0, (5**0.5 - 1) / 2
    for _ in range(16):
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


def thresholds(probabilities: Floats, labels: Ints, groups: Ints, *, lowest: float = LOWEST) -> Floats:
    """Per class and group (language) the probability from which a prediction is accepted, of shape (k, groups).

    It is the lowest one between `lowest` and HIGHEST at which held-out predictions of the class are right nine times in ten.
    """
    import numpy as np

    k = probabilities.shape[1]
    best, height = probabilities.argmax(axis=1), probabilities.max(axis=1)
    steps = np.arange(lowest, HIGHEST + 0.001, 0.05)
    found = np.full((k, int(groups.max()) + 1), lowest, dtype=np.float32)
    for label in range(k):
        for group in range(found.shape[1]):
            mine = (best == label) & (groups == group)
            right = labels[mine] == label
            good = [step for step in steps if _precision(right[height[mine] >= step]) >= PRECISION]
            found[label, group] = good[0] if good else steps[-1]
    return found


def _precision(right: npt.NDArray[np.bool_]) -> float:
    return float((right.sum() + 1) / (len(right) + 1))

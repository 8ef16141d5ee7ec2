"""Questions that ask the same, found in both languages together by meaning and words; it knows neither gaps nor documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from math import log
from typing import TYPE_CHECKING

from assistant.knowledge.concepts import Concepts
from assistant.knowledge.mentions import PRODUCT, Names
from assistant.knowledge.terms import is_content, terms
from assistant.ports import Encoder
from assistant.text.script import detect_language, to_simplified

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]
    Square = npt.NDArray[np.float64]

# how much shared words and ideas count beside the cosine of meanings, and the mean likeness from which questions are taken for the same; fitted by
# `assistant kb gaps --judge` on the dev half of evals/data/gap_groups.jsonl
SHARED = 1.5
NEAR = 0.18
# how much less alike two texts are that share no word and no idea: what is near in meaning alone is often near in manner only
APART = 0.1
# no likeness is greater
_MOST = 1.0 + SHARED


def groups(texts: Sequence[str], encoder: Encoder, names: Names, concepts: Concepts, *, near: float = NEAR) -> Iterator[tuple[list[int], Vectors]]:
    """Average-linkage groups of texts (Sokal and Michener 1958) with their vectors (n, dimension); texts about different products are never together."""
    import numpy as np

    if not texts:
        return
    asked = [_unnamed(text, names) for text in texts]
    vectors = encoder.encode([to_simplified(text) for text in asked])
    if len(texts) == 1:
        yield [0], vectors
        return
    labels = cut(likeness(texts, vectors, encoder, names, concepts=concepts), near)
    for label in dict.fromkeys(labels.tolist()):
        group = np.flatnonzero(labels == label).tolist()
        yield group, vectors[group]


def likeness(texts: Sequence[str], vectors: Vectors, encoder: Encoder, names: Names, *, concepts: Concepts) -> Square:
    """How much any two of the texts ask the same, (n, n): cosines of what is left of meaning without the manner of asking, and shared words and ideas."""
    import numpy as np

    asked = [_unnamed(text, names) for text in texts]
    centred = _centred(asked, vectors, encoder)
    shared = _shared(asked, concepts)
    alike: Square = centred.astype(np.float64) @ centred.T + SHARED * shared - APART * (shared == 0)
    about = [frozenset(names.products(text)) for text in texts]
    for number, mine in enumerate(about):
        if mine:
            apart = [n for n, other in enumerate(about) if other and other != mine]
            alike[number, apart] = alike[apart, number] = -_MOST
    return alike


def _unnamed(text: str, names: Names) -> str:
    """A question without the products it names, as far as anything is left: two questions of one product are alike in what they ask of it, or not at all."""
    rest = text
    for mention in reversed(names.find(text)):
        if mention.ids(PRODUCT):
            rest = f"{rest[: mention.start]} {rest[mention.end :]}"
    return rest if any(map(is_content, terms(rest))) else text


def cut(alike: Square, near: float) -> npt.NDArray[np.int32]:
    """A label for each text so that groups differ by less than `near` on average."""
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage  # type: ignore[import-untyped]
    from scipy.spatial.distance import squareform  # type: ignore[import-untyped]

    distance = np.clip(_MOST - (alike + alike.T) / 2, 0, None)
    np.fill_diagonal(distance, 0)
    found: npt.NDArray[np.int32] = fcluster(linkage(squareform(distance, checks=False), "average"), _MOST - near, "distance")
    return found


def _centred(texts: Sequence[str], vectors: Vectors, encoder: Encoder) -> Vectors:
    """Vectors less the mean of their language, over the texts and the packaged wordings together: what all questions of a language share is no meaning."""
    import numpy as np

    known = wordings()
    usual, made = encoder.encode([to_simplified(text) for text in known]), np.array(vectors, dtype=np.float32)
    tongues, theirs = [_tongue(text) for text in texts], [_tongue(text) for text in known]
    for tongue in set(tongues):
        mine = [n for n, each in enumerate(tongues) if each == tongue]
        others = [n for n, each in enumerate(theirs) if each == tongue]
        made[mine] -= np.concatenate([vectors[mine], usual[others]]).mean(axis=0)
    lengths = np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-6)
    centred: Vectors = made / lengths
    return centred


def _tongue(text: str) -> str:
    return "en" if detect_language(text, sticky="en") == "en" else "zh"


def _shared(texts: Sequence[str], concepts: Concepts) -> Square:
    """The share of words and ideas that two texts have in common, rare ones counting more (weighted Jaccard, inverse document frequency)."""
    import numpy as np

    said = [_said(text, concepts) for text in texts]
    usual = [_said(text, concepts) for text in wordings()]
    frequency = Counter(word for each in (*said, *usual) for word in each)
    weight = {word: log(1 + (len(said) + len(usual)) / count) for word, count in frequency.items()}
    mass = np.array([sum(weight[word] for word in each) for each in said])
    holders: dict[str, list[int]] = {}
    for number, each in enumerate(said):
        for word in each:
            holders.setdefault(word, []).append(number)
    common = np.zeros((len(said), len(said)))
    for word, numbers in holders.items():
        common[np.ix_(numbers, numbers)] += weight[word]
    shares: Square = common / np.maximum(mass[:, None] + mass[None, :] - common, 1e-9)
    return shares


def _said(text: str, concepts: Concepts) -> frozenset[str]:
    words = terms(text)
    found = {word for word in words if is_content(word)}
    at = 0
    while at < len(words):
        length, ideas = concepts.phrase(words, at)
        # "how long" is a manner of asking
        if any(map(is_content, words[at : at + length])):
            found.update(ideas)
        at += length
    return frozenset(found)


@lru_cache(maxsize=1)
def wordings() -> tuple[str, ...]:
    """The packaged questions about everything and nothing, both languages."""
    lines = files("assistant.knowledge").joinpath("wordings.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))

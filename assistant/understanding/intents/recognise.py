"""What a customer wants, learnt from the workspace's examples, with calibrated probabilities and the right to say "none of these"; one stretch of text a time.

`train` fits once per set of examples (cached by their content) and `IntentModel` predicts. Several requests in one message are the work of `segments.py`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.ports import Encoder
from assistant.types import Language
from assistant.understanding.intents.fit import HIGHEST, LOWEST, Grams, compress, fit, kernel, overlap, softmax, thresholds, weigh
from assistant.understanding.intents.text import Tagger, Vocabulary, fill, latin_words, make_tagger, signature, view
from assistant.workspace.model import Attribute, Family, Intent, Relation, Workspace

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

VERSION = "1"
DIMENSIONS = 256
KEPT_FILES = 3
LANGUAGES = ("zh", "en")
OUT_OF_SCOPE = "out_of_scope"
UNCLEAR = "unclear"  # examples of words that mean nothing by themselves; never an answer


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest intent with its probability and the next one. `outside` is the probability that the text is out of scope or says nothing.

    Not `accepted`: too improbable for its intent and language, or most likely nothing that can be understood without context.
    """

    intent: str
    p: float
    runner_up: str
    p2: float
    accepted: bool
    outside: float


class IntentModel:
    """A fitted model with its encoder; immutable, safe for concurrent threads."""

    def __init__(self, arrays: Mapping[str, Any], *, vocabulary: Vocabulary, encoder: Encoder) -> None:
        self._encoder = encoder
        self.intents: tuple[str, ...] = tuple(_unpack(arrays["intents"]))
        names = _unpack(arrays["names"])
        self._grams = Grams((), arrays["idf"], arrays["starts"], arrays["rows"], arrays["weights"], float(arrays["unknown"]))
        self._index = dict(zip(names, range(len(names)), strict=True))
        self._vectors: Floats = arrays["vectors"]
        self._projection: Floats = arrays["projection"]
        self._coefficients: Floats = arrays["coefficients"]
        self._sharpness = float(arrays["sharpness"])
        self._thresholds: Floats = arrays["thresholds"]
        self._tagger = make_tagger(vocabulary, known=_unpack(arrays["known"]))
        self._calm = _one_thread()
        self._nothing = [at for at, name in enumerate(self.intents) if name in (OUT_OF_SCOPE, UNCLEAR)]
        self._unclear = self.intents.index(UNCLEAR) if UNCLEAR in self.intents else -1

    def predict(self, text: str, language: Language) -> Guess:
        """The intent of one stretch of text; `language` chooses the threshold, the words may be in any."""
        return self.predict_many([text], language=language)[0]

    def predict_many(self, texts: Sequence[str], *, language: Language) -> tuple[Guess, ...]:
        """`predict` of several texts with one call of the encoder."""
        return tuple(self.guess(row, language=language) for row in self.probabilities(texts))

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Float32 of shape (len(texts), len(self.intents))."""
        import numpy as np

        if not texts:
            return np.empty((0, len(self.intents)), dtype=np.float32)
        views = [view(text, self._tagger) for text in texts]
        with self._calm():  # products this small lose more by being shared out to threads than they gain
            projected = self._encoder.encode([each.semantic for each in views]) @ self._projection
            scores = np.stack([self._scores(vector, each.features) for vector, each in zip(projected, views, strict=True)])
        return softmax(scores, self._sharpness)

    def _scores(self, vector: Floats, features: Sequence[str]) -> Floats:
        overlaps = overlap(self._grams, self._index, features, size=len(self._vectors))
        found: Floats = kernel(self._vectors @ vector, overlaps) @ self._coefficients
        return found

    def guess(self, row: Floats, *, language: Language) -> Guess:
        """The reading of one row of probabilities."""
        order = [int(at) for at in row.argsort()[::-1] if at != self._unclear]
        first, second = order[0], order[1] if len(order) > 1 else order[0]
        p, p2 = float(row[first]), float(row[second])
        clear = self._unclear < 0 or p > float(row[self._unclear])
        enough = p >= float(self._thresholds[first, LANGUAGES.index(_group(language))])
        outside = float(sum(row[at] for at in self._nothing))
        return Guess(self.intents[first], p, self.intents[second], p2, clear and enough, outside)

    def threshold(self, intent: str, language: Language) -> float:
        """The probability from which `intent` is accepted in a language."""
        return float(self._thresholds[self.intents.index(intent), LANGUAGES.index(_group(language))])


def train(intents: Mapping[str, Intent], encoder: Encoder, *, vocabulary: Vocabulary, cache: Path | None = None) -> IntentModel:
    """The model of a workspace's intents (those without examples are left out); read from `cache` when the same was trained before.

    Deterministic. Raises ValueError when fewer than two intents have examples, BackendUnavailable without an encoder.
    """
    path = cache / f"intents-{_fingerprint(intents, encoder, vocabulary)}.npz" if cache else None
    arrays = _load(path) if path else None
    if arrays is None:
        arrays = _fitted(intents, encoder, vocabulary)
        if path:
            _save(path, arrays)
    return IntentModel(arrays, vocabulary=vocabulary, encoder=encoder)


def vocabulary_of(workspace: Workspace, *, order_pattern: str = "") -> Vocabulary:
    """The words of a workspace's catalogue, with the order numbers of its fixture as examples."""
    catalog = workspace.catalog
    named = {sku: (sku, *product.name.values(), *product.words) for sku, product in catalog.products.items()}
    groups: dict[str, Mapping[str, Family | Attribute | Relation]] = {
        "families": catalog.families,
        "attributes": catalog.attributes,
        "parts": catalog.relations,
    }
    words = {
        key: {
            language: tuple(dict.fromkeys(word for each in found.values() for word in (each.name.get(language, ""), *each.words.get(language, ())) if word))
            for language in LANGUAGES
        }
        for key, found in groups.items()
    }
    return Vocabulary(
        skus=tuple(catalog.products),
        products=tuple(dict.fromkeys(word for words_of in named.values() for word in words_of)),
        families=words["families"],
        attributes=words["attributes"],
        parts=words["parts"],
        orders=tuple(sorted(workspace.fixture.orders))[:5],
        order_pattern=order_pattern,
    )


def _one_thread() -> Callable[[], AbstractContextManager[object]]:
    """What keeps linear algebra on one thread while it is entered; nothing does where the package for it is missing."""
    try:
        from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]
    except ImportError:
        return nullcontext
    libraries = ThreadpoolController().select(user_api="blas")
    # a process that serves is limited for good already, and asking is a hundred times quicker than limiting it again
    return lambda: libraries.limit(limits=1) if any(each.num_threads != 1 for each in libraries.lib_controllers) else nullcontext()


def _group(language: str) -> str:
    return "en" if language == "en" else "zh"


def _examples(intents: Mapping[str, Intent], vocabulary: Vocabulary) -> Iterator[tuple[str, str, str]]:
    """(intent, language, example with its placeholders filled), sorted by intent, so that the order of the file does not matter."""
    for name in sorted(intents):
        for language in sorted(intents[name].examples):
            for seed, example in enumerate(intents[name].examples[language]):
                yield name, _group(language), fill(example, vocabulary, language=language, seed=seed)


def _fitted(intents: Mapping[str, Intent], encoder: Encoder, vocabulary: Vocabulary) -> dict[str, Any]:
    import numpy as np

    rows = list(_examples(intents, vocabulary))
    names = sorted({name for name, _, _ in rows})
    if len(names) < 2:
        raise ValueError("at least two intents need examples")
    known = sorted(latin_words(text for _, _, text in rows) | latin_words((*vocabulary.products, *_all_words(vocabulary))))
    tagger = make_tagger(vocabulary, known=known)
    views = [view(text, tagger) for _, _, text in rows]
    labels = np.array([names.index(name) for name, _, _ in rows], dtype=np.int32)
    groups = np.array([LANGUAGES.index(language) for _, language, _ in rows] + [len(LANGUAGES) - 1], dtype=np.int32)
    vectors, projection = compress(encoder.encode([each.semantic for each in views]), DIMENSIONS)
    grams = weigh([each.features for each in views])
    fitted = fit(vectors, grams, labels=labels)
    lowest = min(HIGHEST, max(LOWEST, 1.5 / len(names)))
    accept = thresholds(softmax(fitted.held_out, fitted.sharpness), labels, groups[:-1], lowest=lowest)
    accept = np.pad(accept, ((0, 0), (0, len(LANGUAGES) - accept.shape[1])), mode="edge")
    return {
        "intents": _pack(names), "names": _pack(grams.names), "idf": grams.idf, "starts": grams.starts, "rows": grams.rows, "weights": grams.weights,
        "unknown": np.float64(grams.unknown), "vectors": vectors, "projection": projection, "coefficients": fitted.coefficients,
        "sharpness": np.float64(fitted.sharpness), "thresholds": accept, "known": _pack(known),
    }  # fmt: skip


def _all_words(vocabulary: Vocabulary) -> Iterator[str]:
    for words in (vocabulary.families, vocabulary.attributes, vocabulary.parts):
        for found in words.values():
            yield from found


def _fingerprint(intents: Mapping[str, Intent], encoder: Encoder, vocabulary: Vocabulary) -> str:
    """A name for everything the fit depends on: code, encoder, words and examples."""
    parts = [VERSION, signature(), encoder.name, encoder.version, repr(vocabulary), *("\t".join(row) for row in _examples(intents, vocabulary))]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:24]


def _pack(words: Iterable[str]) -> npt.NDArray[np.uint8]:
    import numpy as np

    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def _unpack(data: npt.NDArray[np.uint8]) -> list[str]:
    return bytes(data).decode().split("\n")


def _load(path: Path) -> dict[str, Any] | None:
    """The arrays of a cache file; None when there is none or it is damaged."""
    import zipfile

    import numpy as np

    try:
        with np.load(path, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _save(path: Path, arrays: Mapping[str, Any]) -> None:
    """Writes the cache in one step and drops the oldest ones; a folder that cannot be written is left alone, because this is only a cache."""
    import numpy as np

    partial = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            np.savez(file, **arrays)
        os.replace(partial, path)
        for old in sorted(path.parent.glob("intents-*.npz"), key=lambda found: found.stat().st_mtime)[:-KEPT_FILES]:
            old.unlink(missing_ok=True)
    except OSError:
        partial.unlink(missing_ok=True)


__all__ = ["Guess", "IntentModel", "Tagger", "train", "vocabulary_of"]

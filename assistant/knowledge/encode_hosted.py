"""Sentences to vectors by an OpenAI-compatible server at an address that the operator sets; nothing is stored here, and no text leaves without that setting."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

from assistant.errors import BackendUnavailable

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

BATCH = 64
SECONDS = 20.0


class HostedEncoder:
    """The Encoder seam over `POST {url}/embeddings`. The dimension is what the server gives for its first text. Safe for concurrent threads."""

    def __init__(self, model: str, *, url: str = "", key: str = "", version: str = "1") -> None:
        """`url` "" = the SDK's own default. Raises BackendUnavailable when the server gives no vector."""
        from openai import OpenAI

        self.name = "openai." + "".join(char if char.isalnum() or char in "._" else "." for char in model)
        self.version = version
        self._model = model
        self._client = OpenAI(base_url=url or None, api_key=key or "none", timeout=SECONDS, max_retries=2)
        self._kept: dict[str, npt.NDArray[np.float32]] = {}
        self._lock = Lock()
        self.dimension = 0
        self.dimension = int(self.encode(["dimension"]).shape[1])

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors, float32 of shape (len(texts), dimension). Raises BackendUnavailable."""
        import numpy as np

        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        if len(texts) == 1 and texts[0] in self._kept:
            return self._kept[texts[0]][None]
        rows = [row for start in range(0, len(texts), BATCH) for row in self._asked(texts[start : start + BATCH])]
        table = np.asarray(rows, dtype=np.float32)
        if table.ndim != 2 or table.shape[1] != (self.dimension or table.shape[1]) or not np.isfinite(table).all():
            raise BackendUnavailable(f"{self.name} gave a table of shape {table.shape} for {len(texts)} texts")
        unit: npt.NDArray[np.float32] = (table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-12)).astype(np.float32)
        if len(texts) == 1:
            with self._lock:
                self._kept = {**(self._kept if len(self._kept) < BATCH else {}), texts[0]: unit[0]}
        return unit

    def ping(self) -> str:
        """Name and dimension, once the server answers. Raises BackendUnavailable."""
        self._asked(["ping"])
        return f"{self.name}, {self.dimension} dimensions"

    def _asked(self, texts: Sequence[str]) -> list[list[float]]:
        clean = [text.encode("utf-8", "replace").decode() or " " for text in texts]
        try:
            found: Any = self._client.embeddings.create(model=self._model, input=clean, encoding_format="float")
            rows = [each.embedding for each in sorted(found.data, key=lambda each: each.index)]
        except Exception as error:
            raise BackendUnavailable(f"the embeddings {self.name!r} do not answer: {error}") from error
        if len(rows) != len(texts):
            raise BackendUnavailable(f"{self.name} gave {len(rows)} vectors for {len(texts)} texts")
        return rows

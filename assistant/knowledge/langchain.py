"""The door to LangChain: our search as its retriever, its embeddings as our encoder and the reverse; optional, loaded when called, no chain of ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol

from assistant.errors import BackendUnavailable
from assistant.text.script import detect_language
from assistant.types import Passage, Scope

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from langchain_core.embeddings import Embeddings
    from langchain_core.retrievers import BaseRetriever

    from assistant.ports import Clock, Encoder, Retriever

Audience = Literal["public", "internal"]


class Served(Protocol):
    """What is searched, and the clock that tells which documents are valid; an `Assistant` is one."""

    @property
    def knowledge(self) -> Retriever: ...

    @property
    def clock(self) -> Clock: ...


def passages(served: Served, query: str, *, k: int, audience: Audience = "public") -> tuple[Passage, ...]:
    """The `k` best sections for a text, in its own language where there is a choice."""
    language = detect_language(query, sticky="en")
    return served.knowledge.search(query, language=language, scope=Scope(audience, served.clock.now()), k=k)


def metadata(found: Passage) -> dict[str, Any]:
    """What is told of a passage beside its text."""
    return {
        "document": found.document, "version": found.version, "section": found.id, "title": found.title, "language": found.language,
        "products": list(found.products), "score": found.fused,
    }  # fmt: skip


def retriever(served: Served, *, k: int = 5, audience: Audience = "public") -> BaseRetriever:
    """A LangChain retriever over what is served. Raises BackendUnavailable without the package langchain-core."""
    _needs("langchain_core")
    from langchain_core.callbacks import CallbackManagerForRetrieverRun
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever

    class SectionRetriever(BaseRetriever):
        def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
            del run_manager
            return [Document(found.text, id=found.id, metadata=metadata(found)) for found in passages(served, query, k=k, audience=audience)]

    return SectionRetriever()


class EmbeddingsEncoder:
    """Any LangChain embeddings behind the Encoder seam. Safe for concurrent threads where the embeddings are."""

    def __init__(self, embeddings: Embeddings, *, name: str, version: str = "1") -> None:
        """`name` and `version` are stamped on every vector: change one of them when the model changes. Raises BackendUnavailable when nothing is embedded."""
        self.name = name
        self.version = version
        self._embeddings = embeddings
        self.dimension = 0
        self.dimension = int(self.encode(["dimension"]).shape[1])

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors, float32 of shape (len(texts), dimension). Raises BackendUnavailable for what is no such table."""
        import numpy as np

        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        try:
            found = self._embeddings.embed_documents(list(texts)) if len(texts) > 1 else [self._embeddings.embed_query(texts[0])]
            table = np.asarray(found, dtype=np.float32)
        except Exception as error:
            raise BackendUnavailable(f"the embeddings {self.name!r} do not answer: {error}") from error
        if table.ndim != 2 or len(table) != len(texts) or table.shape[1] != (self.dimension or table.shape[1]) or not np.isfinite(table).all():
            raise BackendUnavailable(f"the embeddings {self.name!r} gave a table of shape {table.shape} for {len(texts)} texts")
        lengths = np.linalg.norm(table, axis=1, keepdims=True)
        unit: npt.NDArray[np.float32] = (table / np.maximum(lengths, 1e-12)).astype(np.float32)
        return unit


def embeddings(encoder: Encoder) -> Embeddings:
    """An encoder of ours as LangChain embeddings. Raises BackendUnavailable without the package langchain-core."""
    _needs("langchain_core")
    from langchain_core.embeddings import Embeddings

    class EncoderEmbeddings(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            rows: list[list[float]] = encoder.encode(texts).tolist()
            return rows

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    return EncoderEmbeddings()


def _needs(package: str) -> None:
    from importlib.util import find_spec

    if find_spec(package) is None:
        raise BackendUnavailable(f"the package {package.replace('_', '-')} is not installed", code="not_installed")

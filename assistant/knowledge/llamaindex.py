"""The door to LlamaIndex: our search as its retriever, our encoder as its embedding; optional, loaded when it is called, and no index of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.errors import BackendUnavailable
from assistant.knowledge.langchain import Audience, Served, metadata, passages

if TYPE_CHECKING:
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.base.embeddings.base import BaseEmbedding

    from assistant.ports import Encoder


def retriever(served: Served, *, k: int = 5, audience: Audience = "public") -> BaseRetriever:
    """A LlamaIndex retriever over what is served. Raises BackendUnavailable without the package llama-index-core."""
    _needed()
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

    class SectionRetriever(BaseRetriever):
        def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
            found = passages(served, query_bundle.query_str, k=k, audience=audience)
            return [NodeWithScore(node=TextNode(id_=_name(each), text=each.text, metadata=metadata(each)), score=each.fused) for each in found]

    return SectionRetriever()


def _name(found: Any) -> str:
    return f"{found.document}@{found.version}#{found.id}"


def embedding(encoder: Encoder) -> BaseEmbedding:
    """An encoder of ours as a LlamaIndex embedding model. Raises BackendUnavailable without the package llama-index-core."""
    _needed()
    from llama_index.core.base.embeddings.base import BaseEmbedding

    class EncoderEmbedding(BaseEmbedding):
        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            rows: list[list[float]] = encoder.encode(texts).tolist()
            return rows

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embeddings([query])[0]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    return EncoderEmbedding(model_name=f"{encoder.name}-{encoder.version}")


def _needed() -> None:
    from importlib.util import find_spec

    if find_spec("llama_index") is None:
        raise BackendUnavailable("the package llama-index-core is not installed", code="not_installed")

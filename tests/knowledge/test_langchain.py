"""Our search answers through LangChain, and LangChain's embeddings serve us; both with nothing outside."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding, Embeddings

from assistant.errors import BackendUnavailable
from assistant.knowledge.base import Knowledge
from assistant.knowledge.langchain import EmbeddingsEncoder, embeddings, retriever
from tests.knowledge.garden import HashEncoder, Still, document, workspace


@dataclass(frozen=True)
class Serving:
    knowledge: Knowledge
    clock: Still


def test_a_langchain_retriever_gives_sections_with_their_places(knowledge: Knowledge) -> None:
    asking = retriever(Serving(knowledge, Still()), k=2)
    first, second = asking.invoke("how many days to return unused tools")
    assert first.page_content.startswith("Unused tools can be returned within 20 days")
    assert {name: first.metadata[name] for name in ("document", "version", "section", "language")} == {
        "document": "returns", "version": 1, "section": "en/return-window", "language": "en",
    }  # fmt: skip
    assert first.metadata["score"] >= second.metadata["score"]
    assert asyncio.run(asking.ainvoke("how many days to return unused tools"))[0].metadata["section"] == "en/return-window"


def test_it_shows_a_customer_nothing_internal_unless_it_is_asked_to(knowledge: Knowledge) -> None:
    query = "late returns accepted by the desk up to 45 days"
    assert "desk" not in {each.metadata["document"] for each in retriever(Serving(knowledge, Still()), k=50).invoke(query)}
    assert retriever(Serving(knowledge, Still()), audience="internal").invoke(query)[0].metadata["document"] == "desk"


def test_langchain_embeddings_are_an_encoder(store: Any, tmp_path: Any) -> None:
    encoder = EmbeddingsEncoder(DeterministicFakeEmbedding(size=24), name="fake", version="7")
    assert (encoder.name, encoder.version, encoder.dimension) == ("fake", "7", 24)
    rows = encoder.encode(["one", "two", "one"])
    assert (rows.shape, rows.dtype) == ((3, 24), np.float32)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0)
    assert np.allclose(rows[0], rows[2])
    assert np.allclose(encoder.encode(["one"])[0], rows[0], atol=1e-6)
    assert encoder.encode([]).shape == (0, 24)
    other = Knowledge(store, workspace(tmp_path, [document("tea", "# Tea\n\nStore tea dry.")]), encoder, state=tmp_path, clock=Still())
    other.sync()
    assert retriever(Serving(other, Still()), k=1).invoke("store tea dry")[0].metadata["document"] in {"tea", "catalog"}
    other.close()


class Broken(Embeddings):
    def __init__(self, rows: Any) -> None:
        self.rows = rows

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if isinstance(self.rows, Exception):
            raise self.rows
        return [self.rows for _ in texts]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


@pytest.mark.parametrize("rows", [OSError("no route"), [float("nan"), 1.0], 3.0])
def test_embeddings_that_give_no_vectors_are_told(rows: Any) -> None:
    with pytest.raises(BackendUnavailable, match="broken"):
        EmbeddingsEncoder(Broken(rows), name="broken")


def test_embeddings_whose_dimension_changes_are_told() -> None:
    source = Broken([1.0, 0.0])
    encoder = EmbeddingsEncoder(source, name="moving")
    source.rows = [1.0, 0.0, 0.0]
    with pytest.raises(BackendUnavailable, match="shape"):
        encoder.encode(["a", "b"])


def test_our_encoder_is_langchain_embeddings() -> None:
    ours = HashEncoder()
    made = embeddings(ours)
    assert np.allclose(made.embed_documents(["blade", "mower"]), ours.encode(["blade", "mower"]))
    assert np.allclose(made.embed_query("blade"), ours.encode(["blade"])[0])

"""Our search answers through LlamaIndex, and our encoder embeds for it."""

from __future__ import annotations

import asyncio

import numpy as np

from assistant.knowledge.base import Knowledge
from assistant.knowledge.llamaindex import embedding, retriever
from tests.knowledge.garden import HashEncoder, Still
from tests.knowledge.test_langchain import Serving


def test_a_llamaindex_retriever_gives_sections_with_scores_and_places(knowledge: Knowledge) -> None:
    found = retriever(Serving(knowledge, Still()), k=3).retrieve("how many days to return unused tools")
    assert len(found) == 3
    assert found[0].node.get_content().startswith("Unused tools can be returned within 20 days")
    assert (found[0].node.node_id, found[0].node.metadata["document"]) == ("returns@1#en/return-window", "returns")
    scores = [each.score or 0.0 for each in found]
    assert scores == sorted(scores, reverse=True)
    again = asyncio.run(retriever(Serving(knowledge, Still()), k=3).aretrieve("how many days to return unused tools"))
    assert [each.node.node_id for each in again] == [each.node.node_id for each in found]


def test_our_encoder_is_a_llamaindex_embedding() -> None:
    ours = HashEncoder()
    made = embedding(ours)
    assert made.model_name == "hash-1"
    assert np.allclose(made.get_text_embedding_batch(["blade", "mower"]), ours.encode(["blade", "mower"]))
    assert np.allclose(made.get_query_embedding("blade"), ours.encode(["blade"])[0])

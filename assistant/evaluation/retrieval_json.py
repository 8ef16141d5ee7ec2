"""What the test bench found as plain values for programs; it measures nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from assistant.evaluation.retrieval_impact import AskedAgain
from assistant.evaluation.retrieval_metrics import Scores, scores
from assistant.evaluation.retrieval_run import Direction
from assistant.knowledge.impact import Impact
from assistant.knowledge.learning import Cluster, Proof, Suggestion

Value = dict[str, Any]


def levels(each: Direction) -> list[tuple[str, Scores]]:
    """A direction judged by section and by document."""
    return [("section", scores(each.sections)), ("document", scores(each.documents))]


def means(found: Scores) -> dict[str, float]:
    """hit@1, recall@5, mrr@10 and ndcg@10."""
    figures = {"hit@1": found.hit1, "recall@5": found.recall5, "mrr@10": found.mrr10, "ndcg@10": found.ndcg10}
    return {name: round(each.mean, 4) for name, each in figures.items()}


def intervals(found: Scores) -> dict[str, list[float]]:
    """The same as intervals of 95 %."""
    figures = {"hit@1": found.hit1, "recall@5": found.recall5, "mrr@10": found.mrr10, "ndcg@10": found.ndcg10}
    return {name: [round(each.low, 4), round(each.high, 4)] for name, each in figures.items()}


def direction(each: Direction) -> Value:
    """Questions in one language over documents in one or all."""
    judged = {level: {"queries": found.count, **means(found), "intervals": intervals(found)} for level, found in levels(each)}
    return {"asked": each.asked, "over": each.over, **judged}


def cluster(each: Cluster) -> Value:
    """A group of open questions."""
    return {
        "id": each.id, "count": each.count, "question": each.question, "examples": list(each.examples), "languages": dict(each.languages),
        "conversations": each.conversations, "first": each.first, "last": each.last, "gaps": list(each.gaps),
    }  # fmt: skip


def suggestion(each: Suggestion) -> Value:
    """An entry that colleagues' answers suggest."""
    return {
        "id": each.id, "ready": each.ready, "asked": each.asked, "question": each.question, "answer": each.answer, "language": each.language,
        "examples": list(each.examples), "others": list(each.others), "redacted": dict(each.redacted), "dated": list(each.dated),
        "sources": [{"conversation": conversation, "seq": seq} for conversation, seq in each.sources], "gaps": list(each.gaps),
    }  # fmt: skip


def proof(each: Proof) -> Value:
    """What became of an approved entry."""
    return {"document": each.document, "version": each.version, "holds": each.holds, "places": dict(each.places), "closed": list(each.closed)}


def touched(found: Impact, asked: Sequence[AskedAgain]) -> Value:
    """What a change would touch."""
    return {**asdict(found), "safe": found.safe, "answered_otherwise": [asdict(each) for each in asked]}

"""Why something is found is told as it is, and two settings can be held against each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.errors import InvalidInput
from assistant.evaluation.retrieval_run import bench
from assistant.knowledge.base import Knowledge
from assistant.knowledge.calibration import Retrieval
from assistant.knowledge.calibration import as_json as calibration_json
from assistant.knowledge.explain import Move, as_json, explain, mix_of, moves, side_by_side
from assistant.knowledge.search import Mix
from assistant.types import Scope


def test_every_passage_has_its_places_and_reasons(knowledge: Knowledge, scope: Scope) -> None:
    live = bench(knowledge)
    found = explain(live, "return unused tools within days M-40 zeppelin", language="en", scope=scope, k=3)
    same = knowledge.search("return unused tools within days M-40 zeppelin", language="en", scope=scope, k=3)
    assert [each.passage for each in found.passages] == list(same)
    best = next(each for each in found.passages if each.passage.document == "returns")
    assert {"return", "unus", "tool"} & set(best.met) or "unused" in best.met
    assert "zeppelin" in best.lacks
    assert best.by_words >= 1
    for score, place in (("cosine", "by_meaning"), ("share", "by_words")):
        ordered = sorted(explain(live, "return unused tools", language="en", scope=scope, k=50).passages, key=lambda each: getattr(each, place))
        values = [getattr(each, score) for each in ordered]
        assert values == sorted(values, reverse=True)
    document = as_json(found)
    assert [row["rank"]["fused"] for row in document["passages"]] == [1, 2, 3]
    assert document["passages"][0]["why"]["lacks"] == list(found.passages[0].lacks)


def test_a_question_without_words_finds_nothing(knowledge: Knowledge, scope: Scope) -> None:
    found = explain(bench(knowledge), "??", language="en", scope=scope)
    assert (found.query, found.passages, as_json(found)["read"]) == (None, (), None)


def test_two_settings_side_by_side(knowledge: Knowledge, scope: Scope) -> None:
    live = bench(knowledge)
    before = explain(live, "blade bolt", language="en", scope=scope, k=2)
    after = explain(replace(live, mix=replace(live.mix, weight=0.0)), "blade bolt", language="en", scope=scope, k=2)
    found = moves(before, after)
    assert {(m.document, m.section, m.after) for m in found if m.after} == {(w.passage.document, w.passage.id, w.place) for w in after.passages}
    assert {m.before for m in found if m.before} == {1, 2}
    assert moves(before, before) == tuple(Move(w.passage.document, w.passage.id, w.passage.title, w.place, w.place) for w in before.passages)
    assert side_by_side(moves(before, before))[0]["before"] == 1


def test_settings_come_in_three_shapes() -> None:
    start = Mix(weight=0.4, edge=0.2)
    assert mix_of({"weight": 0.5}, start) == replace(start, weight=0.5)
    assert mix_of({"mix": {"floor": 1}}, start) == replace(start, floor=1.0)
    assert mix_of({"retrieval": calibration_json(Retrieval(Mix(weight=0.3)))}, start).weight == 0.3
    for wrong in ({"wait": 1}, {"weight": "much"}, {"weight": True}, {"mix": [1]}):
        with pytest.raises(InvalidInput):
            mix_of(wrong, start)

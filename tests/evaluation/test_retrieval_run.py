"""A public set in a temporary state, and a company's own questions in their language and across."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.evaluation.retrieval_run import all_cases, bench, called, labelled_files, run_cases, run_set
from assistant.evaluation.retrieval_sets import RetrievalSet, SetDocument, SetQuestion
from assistant.knowledge.base import Knowledge
from assistant.knowledge.search import HybridRetriever
from assistant.store.engine import open_store
from assistant.types import Scope
from tests.knowledge.garden import NOW, HashEncoder, Still, workspace

DOCUMENTS = (
    SetDocument("rain", "", "Rain falls from clouds. Umbrellas keep people dry.\n\n" + "Clouds carry water over the sea. " * 30),
    SetDocument("bread", "Bread", "Flour, yeast, salt and warmth make bread rise."),
    SetDocument("茶", "", "泡茶要用热水。茶叶要密封保存。"),
    SetDocument("q-copy", "", "is bread a cloud"),
)
QUESTIONS = (
    SetQuestion("1", "why do clouds give rain", {"rain": 1}),
    SetQuestion("2", "what makes bread rise", {"bread": 1}),
    SetQuestion("3", "茶叶怎么保存", {"茶": 1}),
    SetQuestion("q-copy", "is bread a cloud", {"rain": 1}),
)


def test_a_set_is_indexed_asked_and_leaves_nothing_behind(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    found = run_set(
        RetrievalSet("s", DOCUMENTS, QUESTIONS), workspace(tmp_path), HashEncoder(), at=NOW, progress=lambda stage, done, of: told.append((stage, done, of))
    )
    by_id = {each.question: each.found for each in found.rankings}
    assert [by_id["1"][0], by_id["2"][0], by_id["3"][0]] == ["rain", "bread", "茶"]
    assert all(len(set(each.found)) == len(each.found) for each in found.rankings)
    assert "q-copy" not in by_id["q-copy"]
    assert "returns" not in {name for names in by_id.values() for name in names}
    assert (found.documents, found.scores.count) == (4, 4)
    assert found.scores.hit1.mean >= 0.75
    assert told[-1] == ("questions", 4, 4)
    assert ("documents", 4, 4) in told
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n\n# Storks and nests\n\nThey build.", "Storks and nests"),
        ("Rain falls. Clouds carry it.", "Rain falls."),
        ("泡茶要用热水。茶叶要密封。", "泡茶要用热水。"),
        ("", ""),
        ("word " * 60, ("word " * 24).strip()),
        ("无" * 300, "无" * 120),
    ],
)
def test_a_text_without_title_goes_by_its_beginning(text: str, title: str) -> None:
    assert called(text) == title


def test_other_settings_order_otherwise(tmp_path: Path) -> None:
    documents = (SetDocument("a", "", "alpha beta gamma. " * 3), SetDocument("b", "alpha", "delta"))
    questions = (SetQuestion("1", "alpha", {"a": 1}),)
    firsts = {
        run_set(RetrievalSet("s", documents, questions), workspace(tmp_path), HashEncoder(), at=NOW, settings={"weight": 1.0, "heading": heading, "edge": 0.0})
        .rankings[0]
        .found[0]
        for heading in (0.0, 1.0)
    }
    assert firsts == {"a", "b"}


@pytest.fixture
def knowledge(tmp_path: Path) -> Iterator[Knowledge]:
    with open_store(tmp_path / "state.db") as store:
        made = Knowledge(store, workspace(tmp_path), HashEncoder(), state=tmp_path, clock=Still())
        made.sync()
        yield made
        made.close()


def labelled(root: Path, *rows: dict[str, Any]) -> None:
    (root / "evals" / "data" / "retrieval").mkdir(parents=True)
    texts = [json.dumps(row) for row in rows]
    (root / "evals" / "data" / "retrieval.jsonl").write_text("\n".join(texts[:1]))
    (root / "evals" / "data" / "retrieval" / "more.jsonl").write_text("\n".join(texts[1:]))


def test_own_questions_run_in_their_language_and_across(knowledge: Knowledge, tmp_path: Path) -> None:
    labelled(
        tmp_path,
        {"id": "a-1", "split": "dev", "lang": "en", "question": "return window of unused tools", "document": "returns", "section": "Return window"},
        {"id": "b-1", "split": "test", "lang": "zh", "question": "送达后多少天内可以退货", "document": ["returns"], "section": ["退货期限", "Return window"]},
        {"id": "b-2", "split": "test", "lang": "en", "question": "is there a garden party"},
    )
    cases = [case for path in labelled_files(tmp_path) for case in all_cases(path)]
    assert [case.id for case in cases] == ["a-1", "b-1"]
    assert all_cases(tmp_path / "evals" / "data" / "retrieval.jsonl", "test") == ()
    found = {(each.asked, each.over): each for each in run_cases(bench(knowledge), cases, Scope("public", NOW))}
    assert set(found) == {("zh", "all"), ("zh", "en"), ("en", "all"), ("en", "zh")}
    assert found["en", "all"].sections[0].found[0] == "answer"
    assert found["zh", "all"].documents[0].found[0] == "answer"
    assert found["zh", "en"].documents[0].relevant == {"answer": 1}


class Opinions:
    """A second encoder that is only counted."""

    def __init__(self) -> None:
        self.asked = 0

    def scores(self, text: str, snapshot: Any, numbers: Sequence[int]) -> np.ndarray[Any, np.dtype[np.float32]]:
        del text, snapshot
        self.asked += 1
        return np.zeros(len(numbers), dtype=np.float32)

    def close(self) -> None:
        """Nothing to give back."""


@pytest.mark.parametrize(("second", "sure", "asked"), [("server", 0.0, 0), ("server", 9.0, 1), ("always", 0.0, 1), ("never", 9.0, 0)])
def test_the_second_encoder_is_asked_as_a_server_asks_it(knowledge: Knowledge, *, second: Any, sure: float, asked: int) -> None:
    opinions = Opinions()
    knowledge.sync()
    knowledge.second, knowledge.sure = opinions, sure  # type: ignore[assignment]
    HybridRetriever(bench(knowledge, second)).find("return unused tools", language="en", scope=Scope("public", NOW), k=3)
    assert opinions.asked == asked

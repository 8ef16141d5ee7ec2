"""The test bench's commands, with one JSON document on standard output, over the packaged example company."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from assistant.cli.kb_bench import bench
from assistant.config import Config
from assistant.errors import AssistantError, InvalidInput, NotFound
from assistant.evaluation.retrieval_sets import RetrievalSet, SetDocument, SetQuestion, write_beir
from assistant.workspace.scaffold import init_workspace
from tests.conftest import ROOT

app = typer.Typer()
app.add_typer(bench)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company") / "glass"
    init_workspace(folder)
    # the encoder's weights as the demo has them, where somebody unpacked them before
    cache = Config(folder).cache
    cache.mkdir(parents=True)
    for weights in Config(ROOT).cache.glob("encoder-*.bin"):
        (cache / weights.name).symlink_to(weights)
    return folder


def run(company: Path, *arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, [*arguments, "--workspace", str(company)])
    if isinstance(result.exception, AssistantError):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.stdout


def told(company: Path, *arguments: str, code: int = 0) -> Any:
    lines = run(company, *arguments, "--json", code=code).splitlines()
    assert len(lines) == 1
    return json.loads(lines[0])


def test_a_question_is_explained_compared_and_kept(company: Path, tmp_path: Path) -> None:
    settings = tmp_path / "other.json"
    settings.write_text('{"weight": 0.0}')
    found = told(company, "test", "what voids the warranty", "-k", "3", "--against", str(settings), "--save", "w-1", "--right", "1")
    assert [each["rank"]["fused"] for each in found["passages"]] == [1, 2, 3]
    assert {"dense", "lexical", "fused"} == set(found["passages"][0]["rank"])
    assert set(found["passages"][0]["why"]) == {"met", "names", "lacks", "nearest"}
    assert len(found["against"]) == 3
    assert {row["before"] for row in found["side_by_side"]} >= {1, 2, 3}
    case = json.loads((company / "evals" / "data" / "retrieval" / "saved.jsonl").read_text(encoding="utf-8"))
    assert (case["id"], case["document"]) == ("w-1", [found["passages"][0]["document"]])
    own = told(company, "eval")
    assert own["questions"] == 1
    assert {(each["asked"], each["over"]) for each in own["directions"]} >= {("en", "all")}
    assert next(each for each in own["directions"] if each["over"] == "all")["section"]["hit@1"] == 1.0
    assert "1." in run(company, "test", "what voids the warranty")
    settings.write_text('{"heavy": 1}')
    with pytest.raises(InvalidInput, match="heavy"):
        run(company, "test", "warranty", "--against", str(settings))


def test_a_public_set_is_judged_with_one_document(company: Path, tmp_path: Path) -> None:
    documents = (
        SetDocument("d1", "", "Penguins live on the southern ice and cannot fly."),
        SetDocument("d2", "熊猫", "熊猫主要吃竹子，生活在山里的竹林中。"),
        SetDocument("d3", "", "# Storks\n\nStorks build large nests on chimneys."),
    )
    questions = (
        SetQuestion("q1", "which birds cannot fly", {"d1": 1}),
        SetQuestion("q2", "熊猫吃什么", {"d2": 1}),
        SetQuestion("q3", "鹳在哪里筑巢", {"d3": 1}),
    )
    write_beir(RetrievalSet("animals", documents, questions), tmp_path / "animals")
    before = sorted(path.name for path in company.rglob("*"))
    found = told(company, "eval", "--beir", str(tmp_path / "animals"))
    assert list(found)[:6] == ["queries", "hit@1", "recall@5", "mrr@10", "ndcg@10", "seconds"]
    assert (found["queries"], found["recall@5"]) == (3, 1.0)
    assert found["hit@1"] > 0.6, "the two that are asked in the document's language"
    assert 0 < found["indexing_seconds"] <= found["seconds"]
    assert sorted(path.name for path in company.rglob("*")) == before
    squad = tmp_path / "s.json"
    squad.write_text(json.dumps([{"id": "1", "title": "Ice", "context": documents[0].text, "question": "which birds cannot fly"}]))
    assert told(company, "eval", "--squad", str(squad))["queries"] == 1
    with pytest.raises(InvalidInput):
        run(company, "eval", "--beir", str(tmp_path / "nowhere"))


def test_nothing_open_nothing_to_suggest(company: Path) -> None:
    assert told(company, "gaps") == {"questions": 0, "groups": []}
    assert told(company, "suggest") == {"suggestions": []}
    with pytest.raises(NotFound):
        run(company, "suggest", "--approve", "faq-1", "--by", "Mei")


def test_the_impact_of_retiring_is_told(company: Path) -> None:
    document = told(company, "test", "warranty")["passages"][0]["document"]
    found = told(company, "impact", document, "--retire")
    assert found["document"] == document
    assert {each["kind"] for each in found["sections"]} == {"removed"}
    assert isinstance(found["safe"], bool)
    assert "still stands" in run(company, "impact", document)

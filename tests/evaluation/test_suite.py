"""Suite files, and what the demo company's own suites must hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import ConfigError
from assistant.evaluation.suite import load_suite
from assistant.workspace.scenario import Scenario
from assistant.workspace.source import Report, read_yaml

ROOT = Path(__file__).parents[2]
SUITES = ROOT / "evals" / "suites"
ROW = "id: {id}\nlanguage: en\nas: {{company: C1, contact: A}}\nclock: 2026-06-01T10:00:00+08:00\nturns: [{{say: hi}}]\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "assistant.toml").write_text("", encoding="utf-8")
    (tmp_path / "rows").mkdir()
    for name in ("b", "a"):
        (tmp_path / "rows" / f"{name}.yaml").write_text(ROW.format(id=name), encoding="utf-8")
    return tmp_path


def suite(workspace: Path, text: str) -> Path:
    path = workspace / "suites" / "s.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_patterns_are_relative_and_sorted(workspace: Path) -> None:
    found = load_suite(suite(workspace, "id: s\ntrials: 3\nscenarios: [../rows/*.yaml]\n"))
    assert [one.id for one in found.scenarios] == ["a", "b"]
    assert (found.workspace, found.trials) == (workspace, 3)


def test_all_problems_are_told_at_once(workspace: Path) -> None:
    (workspace / "rows" / "c.yaml").write_text(ROW.format(id="a") + "mirrors: z\nmax: 3\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_suite(suite(workspace, "id: s\nscenarios:\n  - ../rows/*.yaml\n  - nowhere/*.yaml\n"))
    told = "\n".join(str(problem) for problem in caught.value.problems)
    assert "s.yaml:4: scenarios.1: no file fits" in told
    assert "also the id of" in told
    assert "no scenario 'z'" in told
    assert "c.yaml:7: max: unknown key 'max'" in told


def test_a_suite_outside_every_workspace(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(ROW.format(id="a"), encoding="utf-8")
    path = tmp_path / "s.yaml"
    path.write_text("id: s\nscenarios: [a.yaml]\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"assistant\.toml"):
        load_suite(path)
    assert load_suite(path, workspace=ROOT).workspace == ROOT


def rows(name: str) -> tuple[Scenario, ...]:
    return load_suite(SUITES / f"{name}.yaml").scenarios


def test_each_visible_row_has_a_twin_in_the_other_language_with_the_same_end() -> None:
    found = {one.id: one for one in rows("scenarios")}
    twins = [one for one in found.values() if one.mirrors]
    assert (len(found), len(twins)) == (56, 28)
    for twin in twins:
        original = found[twin.mirrors]
        assert {original.language, twin.language} == {"zh", "en"}
        assert (original.end, original.as_, original.clock, original.budget) == (twin.end, twin.as_, twin.clock, twin.budget)


@pytest.mark.parametrize("row", ["Z01", "Z07", "Z10", "E09", "E13"])
def test_the_paraphrase_set_has_ten_ways_to_begin(row: str) -> None:
    scenario = next(one for one in rows("scenarios") if one.id == row)
    assert len(set(scenario.turns[0].paraphrases)) == 10


def test_every_clause_of_every_rule_is_expected_somewhere() -> None:
    node = read_yaml((ROOT / "corpus" / "policies.yaml").read_text(encoding="utf-8"), "policies.yaml", Report())
    assert node is not None
    rules = next(item for key, _, item in node.entries if key == "rules")
    clauses = {
        next(value.text for name, _, value in clause.entries if name == "id")
        for _, _, rule in rules.entries
        for key, _, listed in rule.entries
        if key == "clauses"
        for clause in listed.items
    }
    expected = {turn.expect.rule for name in ("scenarios", "rules", "safety") for one in rows(name) for turn in one.turns}
    assert clauses - expected == set()
    assert expected - clauses == {""}


def test_there_are_enough_rows_in_both_languages() -> None:
    for name, least in (("rules", 45), ("safety", 25)):
        found = rows(name)
        assert len(found) >= least
        assert min(sum(one.language.startswith(language) for one in found) for language in ("zh", "en")) >= least // 3

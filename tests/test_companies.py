"""Other companies than the demo's, as data alone: each passes its own suite on the same code."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.config import Config
from assistant.evaluation.runner import run_suite
from assistant.once import problems_of
from assistant.workspace.scaffold import init_workspace

COMPANIES = sorted(path for path in (Path(__file__).parent / "workspaces").iterdir() if (path / "assistant.toml").exists())


@pytest.mark.parametrize("company", COMPANIES, ids=lambda path: path.name)
def test_a_company_written_from_the_docs_alone_is_whole(company: Path) -> None:
    assert problems_of(company) == ()


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("company", COMPANIES, ids=lambda path: path.name)
def test_a_company_written_from_the_docs_alone_passes_its_suite(company: Path, tmp_path: Path) -> None:
    assert run_suite(company / "evals/suites/scenarios.yaml", config=Config(company, tmp_path), trials=1, seed=0, out=None) == 0


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_workspace_that_init_writes_passes_its_suite(tmp_path: Path) -> None:
    init_workspace(tmp_path / "new")
    suite = next((tmp_path / "new" / "evals/suites").glob("*.yaml"))
    assert run_suite(suite, config=Config(tmp_path / "new", tmp_path / "state"), trials=1, seed=0, out=None) == 0

"""A new workspace is written once, whole, and never over something else; its rules, tools and scenarios are sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import Conflict
from assistant.evaluation.suite import load_suite
from assistant.tools.orders import ORDER_TOOLS
from assistant.tools.products import PRODUCT_TOOLS
from assistant.tools.registry import table
from assistant.tools.rules import check
from assistant.tools.toolcheck import problems
from assistant.workspace.load import load_workspace
from assistant.workspace.scaffold import init_workspace


def test_the_example_is_sound_in_every_room(root: Path) -> None:
    workspace = load_workspace(root)
    assert check(workspace) == ()
    assert list(problems(workspace, table(*ORDER_TOOLS, *PRODUCT_TOOLS))) == []
    assert len(load_suite(root / "evals/suites/scenarios.yaml").scenarios) >= 6
    assert (root / "prompts").is_dir()
    assert "var/" in (root / ".gitignore").read_text(encoding="utf-8")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Conflict, match="not empty"):
        init_workspace(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    written = init_workspace(tmp_path)
    assert tmp_path / "assistant.toml" in written
    assert all(path.is_file() for path in written)

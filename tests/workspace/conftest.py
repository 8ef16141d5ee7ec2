"""A valid workspace to break: the packaged example, copied afresh for every test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.workspace.load import read_workspace
from assistant.workspace.model import Problem
from assistant.workspace.scaffold import init_workspace

Edit = Callable[[str, str, str], None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "company"
    init_workspace(folder)
    return folder


@pytest.fixture
def edit(root: Path) -> Edit:
    """Replaces the first `old` in a file by `new`; with an empty `old` the text is put at the end, and a new file is made."""

    def change(file: str, old: str, new: str) -> None:
        path = root / file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")

    return change


@pytest.fixture
def found(root: Path) -> Callable[[], tuple[Problem, ...]]:
    """The problems of the workspace as it now stands."""
    return lambda: read_workspace(root)[1]

"""A company's files with mistakes: the real commands list them all at once with file, line and advice, and start nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.workspace.scaffold import init_workspace


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from assistant.cli import main; main()", *words]
    return subprocess.run(command, input="hi\n", capture_output=True, text=True, timeout=100, check=False)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The packaged example with an unknown key, broken YAML, a document that was deleted and accessories in a circle."""
    root = tmp_path / "company"
    init_workspace(root)
    for file, old, new in (
        ("corpus/routing.yaml", "priorities:", "prioritys:"),
        ("corpus/fixture/stock.yaml", "", "\nGP-1: [1\n"),
        ("corpus/catalog.yaml", '    specs: {joint: "NS 29/32", material', '    relations: {stopper: [FL-250]}\n    specs: {joint: "NS 29/32", material'),
    ):
        path = root / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
    for variant in (root / "corpus/enterprise").glob("returns.*.md"):
        variant.unlink()
    return root


def test_every_mistake_is_listed_at_once_with_its_place_and_advice(broken: Path) -> None:
    done = run("workspace", "check", str(broken))
    assert done.returncode == 1
    for place, words in (
        (r"corpus/routing\.yaml:\d+", "unknown key 'prioritys' (did you mean 'priorities'?)"),
        (r"corpus/fixture/stock\.yaml:\d+", "not valid YAML"),
        (r"corpus/policies\.yaml:\d+", "unknown document 'returns'"),
        (r"corpus/catalog\.yaml:\d+", "in a circle"),
    ):
        assert any(re.match(place, line) and words in line for line in done.stdout.splitlines()), f"{place} {words}:\n{done.stdout}"
    assert done.stderr == ""


def test_nothing_starts_on_a_broken_company(broken: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    done = run("chat", "--workspace", str(broken), "--state", str(state), "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "prioritys" in done.stderr
    assert "Traceback" not in done.stderr
    assert not state.exists(), "nothing is half-loaded"

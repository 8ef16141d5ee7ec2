"""A content that was found whole is not checked again; any other one is, whichever file was changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import ConfigError
from assistant.tools.whole import load_whole, read_whole
from assistant.workspace import vouched
from assistant.workspace.scaffold import init_workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    init_workspace(tmp_path / "company")
    return tmp_path / "company"


def broken_suite(root: Path) -> None:
    path = next(iter((root / "evals/suites").glob("*.yaml")))
    path.write_text(path.read_text(encoding="utf-8") + "\nnonsense: 1\n", encoding="utf-8")


def dangling(root: Path) -> None:
    path = root / "corpus/routing.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("priorities:", "prioritys:", 1), encoding="utf-8")


def broken_rule(root: Path) -> None:
    path = root / "corpus/policies.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("when:", 'when: "1 +" #', 1), encoding="utf-8")


def test_what_was_found_whole_is_the_same_workspace(root: Path, tmp_path: Path) -> None:
    first = load_whole(root, cache=tmp_path / "cache")
    assert vouched.holds(tmp_path / "cache", vouched.content_of(first))
    assert load_whole(root, cache=tmp_path / "cache") == first == load_whole(root)


def test_a_known_content_is_not_checked_again(root: Path, tmp_path: Path) -> None:
    broken_suite(root)
    workspace, problems = read_whole(root)
    assert workspace is not None
    assert problems
    with pytest.raises(ConfigError):
        load_whole(root, cache=tmp_path / "cache")
    assert not (tmp_path / "cache").exists(), "what has problems is never remembered"
    vouched.keep(tmp_path / "cache", vouched.content_of(workspace))
    assert load_whole(root, cache=tmp_path / "cache").hash == workspace.hash


@pytest.mark.parametrize("change", [broken_suite, dangling, broken_rule])
def test_another_content_is_checked(root: Path, tmp_path: Path, change: Callable[[Path], None]) -> None:
    load_whole(root, cache=tmp_path / "cache")
    change(root)
    with pytest.raises(ConfigError):
        load_whole(root, cache=tmp_path / "cache")


def test_files_beside_documents_and_scenarios_are_part_of_the_content(root: Path, tmp_path: Path) -> None:
    workspace = load_whole(root)
    contents = {vouched.content_of(workspace)}
    (root / "corpus/enterprise/terms.pdf").write_bytes(b"%PDF-1.4")
    contents.add(vouched.content_of(workspace))
    scenario = next((root / "evals/scenarios").glob("*.yaml"))
    scenario.write_text(scenario.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    contents.add(vouched.content_of(workspace))
    scenario.rename(scenario.with_name("renamed.yaml"))
    contents.add(vouched.content_of(workspace))
    assert len(contents) == 4


def test_the_last_contents_are_kept_and_a_bad_file_is_none(tmp_path: Path) -> None:
    for number in range(vouched.KEPT + 3):
        vouched.keep(tmp_path, f"{number:064x}")
    assert [vouched.holds(tmp_path, f"{number:064x}") for number in (0, 2, 3, vouched.KEPT + 2)] == [False, False, True, True]
    (tmp_path / vouched.FILE).write_bytes(b"\xff\xfe\x00")
    assert not vouched.holds(tmp_path, f"{5:064x}")
    (tmp_path / "a file").write_text("", encoding="utf-8")
    vouched.keep(tmp_path / "a file", "x")
    assert not vouched.holds(tmp_path / "a file", "x")


@pytest.mark.parametrize("name", ["tools/credit.py", "evals/scenarios/attached.png", "prompts/further.en.md"])
def test_a_file_that_is_no_data_file_counts_too(root: Path, name: str) -> None:
    workspace, _ = read_whole(root)
    assert workspace is not None
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"one")
    first = vouched.content_of(workspace)
    path.write_bytes(b"two")
    assert vouched.content_of(workspace) != first

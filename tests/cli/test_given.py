"""What is wrong on the command line is said before anything is opened, with what to do, and ends with 2."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import main
from assistant.cli.commands import app


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["kb", "search", ""], "no word"),
        (["kb", "search", " ?! "], "no word"),
        (["kb", "search", "\udcff\udcfe"], "UTF-8"),
        (["kb", "search", "pump", "-k", "-1"], "greater than or equal to 1"),
        (["kb", "search", "pump", "-k", "0"], "greater than or equal to 1"),
        (["kb", "test", ""], "no word"),
        (["kb", "test", "pump", "-k", "0"], "greater than or equal to 1"),
        (["kb", "test", "pump", "--against", "no-such.json"], "there is no file"),
        (["kb", "eval", "no-such.jsonl"], "does not exist"),
        (["kb", "eval", "--settings", "no-such.json"], "there is no file"),
        (["kb", "impact", "returns", "--file", "no-such.md"], "there is no file"),
        (["kb", "feedback", "propose", "--settings", "no-such.json"], "there is no file"),
        (["inspect", ""], "no word"),
    ],
)
def test_what_cannot_be_meant_is_refused(words: list[str], told: str) -> None:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(app, words)
    assert result.exit_code == 2
    assert told in result.output


def test_every_command_tells_what_it_is_in_whole_sentences_at_eighty_columns() -> None:
    for group in ([], ["kb"], ["kb", "feedback"], ["kb", "source"], ["workspace"], ["model"], ["eval"], ["key"]):
        result = CliRunner(env={"COLUMNS": "80"}).invoke(app, [*group, "--help"])
        assert result.exit_code == 0
        assert "..." not in result.output.split("Commands:")[1]


def run_main(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["assistant", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_errors_are_sentences_without_a_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    assert run_main(monkeypatch, "init", str(tmp_path)) == 1
    assert f"assistant init {tmp_path / 'company'}" in capsys.readouterr().err
    assert run_main(monkeypatch, "init", str(tmp_path / "taken")) == 1
    assert "is a file" in capsys.readouterr().err
    assert run_main(monkeypatch, "key", "make") == 2
    assert "say whom the key is for" in capsys.readouterr().err
    assert run_main(monkeypatch, "init", str(tmp_path / "taken" / "inside")) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "a part of the path is a file" in told


@pytest.mark.parametrize(("number", "words"), [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "read-only"), (errno.EACCES, "permission denied")])
def test_what_the_machine_refuses_is_told_with_a_way_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, number: int, words: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, "no", str(tmp_path / "w"))

    monkeypatch.setattr("assistant.workspace.scaffold.init_workspace", refuse)
    assert run_main(monkeypatch, "init", str(tmp_path / "w")) == 1
    told = capsys.readouterr().err
    assert words in told
    assert str(tmp_path / "w") in told

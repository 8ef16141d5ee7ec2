"""Tables at a terminal: whole words, wide characters, and nothing cut off."""

from __future__ import annotations

import re

import pytest

from assistant.cli.table import table


def printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *rows: tuple[str, ...], columns: int = 0) -> list[str]:
    if columns:
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("TERM", "xterm")
    table("orders", ("number", "status", "ship to"), rows)
    return re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out).splitlines()


def test_without_rows_it_says_so(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert printed(capsys, monkeypatch) == ["orders: none"]


def test_a_pipe_gets_every_cell_on_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    address = "江苏省苏州市工业园区金鸡湖大道88号 " * 10
    lines = printed(capsys, monkeypatch, ("12345", "confirmed", address.strip()))
    assert sum(address.strip() in line for line in lines) == 1


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_a_terminal_gets_no_line_that_is_too_long_and_every_name_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    from rich.cells import cell_len

    lines = printed(capsys, monkeypatch, ("12345", "in_production", "4100 Industrial Oaks Blvd, Dock 2, Austin, TX 78735, USA"), columns=columns)
    text = " ".join(lines)
    assert "in_production" in text
    assert "…" not in text
    if columns >= 60:
        assert max(cell_len(line.rstrip()) for line in lines) <= columns

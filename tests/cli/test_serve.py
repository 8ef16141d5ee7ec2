"""Where the staff's routes may be offered, and how tables keep names whole."""

from __future__ import annotations

import pytest

from assistant.cli.serve import is_loopback, refuse_strangers
from assistant.cli.table import table
from assistant.errors import ConfigError


@pytest.mark.parametrize(("host", "own"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False), ("192.0.2.7", False)])
def test_only_loopback_is_ones_own(host: str, own: bool) -> None:
    assert is_loopback(host) is own


def test_an_address_that_others_reach_is_refused() -> None:
    refuse_strangers("127.0.0.1")
    for host in ("0.0.0.0", "no such host.invalid"):
        with pytest.raises(ConfigError, match="--anyone"):
            refuse_strangers(host)


def test_a_table_outside_a_terminal_cuts_nothing_off(capsys: pytest.CaptureFixture[str]) -> None:
    name = "a-name-of-more-than-eighty-characters-" * 3
    table("titled", ("name", "said"), [(name, "x" * 200), ("b", "-")])
    out = capsys.readouterr().out
    assert name in out
    assert "x" * 200 in out


def test_a_terminal_too_narrow_gets_entries(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")
    name = "a-name-that-is-longer-than-the-terminal-is-wide-and-must-be-copied-whole"
    table("titled", ("name", "said", "nothing"), [(name, "x", "-")])
    out = capsys.readouterr().out
    assert name in out.splitlines()
    assert "nothing" not in out

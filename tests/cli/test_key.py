"""A new key is printed once, with lines that the settings take as they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.api.keys import find_key
from assistant.cli.commands import app
from assistant.workspace.load import load_workspace, read_workspace
from assistant.workspace.scaffold import init_workspace


def made(*options: str) -> tuple[str, str]:
    """(the key, the lines for the settings)."""
    result = CliRunner().invoke(app, ["key", "make", *options])
    assert result.exit_code == 0, result.output
    key = next(line.strip() for line in result.output.splitlines() if line.strip().startswith("sk-"))
    return key, result.output[result.output.index("[[keys]]") :]


@pytest.mark.parametrize(
    "options",
    [
        ("--as", "L2/陈静", "--name", "erp"),
        ("--as", "L1/Ana Petrov", "--name", "narrow", "--permission", "orders.read", "--permission", "knowledge.read"),
        ("--role", "knowledge"),
        ("--role", "agent", "--name", "desk"),
    ],
)
def test_the_printed_lines_let_the_printed_key_in(tmp_path: Path, options: tuple[str, ...]) -> None:
    key, lines = made(*options)
    init_workspace(tmp_path / "w")
    settings = tmp_path / "w/assistant.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n" + lines, encoding="utf-8")
    assert key not in settings.read_text(encoding="utf-8")
    (found,) = load_workspace(tmp_path / "w").settings.keys
    assert find_key(key, [found]) == found
    assert found.as_ or found.role
    assert made(*options)[0] != key


@pytest.mark.parametrize(
    "options", [(), ("--as", "a", "--role", "agent"), ("--role", "root"), ("--as", "a", "--name", "x y"), ("--as", "a", "--name", "x" * 25)]
)
def test_a_key_is_for_one_contact_or_one_role(options: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, ["key", "make", *options])
    assert result.exit_code != 0
    assert "sk-" not in result.output


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('name = "a"\nhash = "12"\nas = "L1/Ana Petrov"', "64 hexadecimal"),
        (f'name = "a b"\nhash = "{"0" * 64}"\nas = "L1/Ana Petrov"', "short name"),
        (f'name = "a"\nhash = "{"0" * 64}"', "exactly one"),
        (f'name = "a"\nhash = "{"0" * 64}"\nas = "L1/Ana Petrov"\nrole = "agent"', "exactly one"),
        (f'name = "a"\nhash = "{"0" * 64}"\nas = "L1/Ana Petrow"', "did you mean"),
        (f'name = "a"\nhash = "{"0" * 64}"\nrole = "agent"\npermissions = ["orders.read"]', "only a contact"),
        (f'name = "a"\nhash = "{"0" * 64}"\nas = "L1/Ana Petrov"\n[[keys]]\nname = "a"\nhash = "{"0" * 64}"\nas = "L1/Ana Petrov"', "given twice"),
    ],
)
def test_what_is_wrong_with_a_key_is_told(tmp_path: Path, lines: str, words: str) -> None:
    init_workspace(tmp_path / "w")
    settings = tmp_path / "w/assistant.toml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\n[[keys]]\n{lines}\n", encoding="utf-8")
    assert any(words in str(problem) for problem in read_workspace(tmp_path / "w")[1])

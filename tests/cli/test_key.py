"""A new key is printed once, with lines that the settings take as they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.api.keys import find_key
from assistant.cli.commands import app
from assistant.errors import ConfigError, InvalidInput, NotFound
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
    init_workspace(tmp_path / "w")
    options = (*options, "--workspace", str(tmp_path / "w"))
    key, lines = made(*options)
    settings = tmp_path / "w/assistant.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n" + lines, encoding="utf-8")
    assert key not in settings.read_text(encoding="utf-8")
    (found,) = load_workspace(tmp_path / "w").settings.keys
    assert find_key(key, [found]) == found
    assert found.as_ or found.role
    assert made(*options)[0] != key


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--as", "a", "--role", "agent"),
        ("--role", "root"),
        ("--as", "a", "--name", "x y"),
        ("--as", "a", "--name", "x" * 25),
        ("--role", "agent", "--permission", "orders.read"),
        ("--as", "L1/Ana Petrov", "--permission", "orders.everything"),
    ],
)
def test_a_key_is_for_one_contact_or_one_role(options: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, ["key", "make", *options])
    assert isinstance(result.exception, InvalidInput)
    assert "sk-" not in result.output


@pytest.mark.parametrize(
    ("label", "near"), [("L1/Ana Petrow", "L1/Ana Petrov"), ("L2/陈敬", "L2/陈静"), ("Ana Petrov", "L1/Ana Petrov"), ("zzzz", "among others")]
)
def test_nobody_gets_a_key_for_a_contact_that_does_not_exist(tmp_path: Path, label: str, near: str) -> None:
    init_workspace(tmp_path / "w")
    result = CliRunner().invoke(app, ["key", "make", "--as", label, "--workspace", str(tmp_path / "w")])
    assert isinstance(result.exception, NotFound)
    assert near in result.exception.message
    assert "sk-" not in result.output


def test_a_key_for_a_contact_needs_a_workspace(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["key", "make", "--as", "L1/Ana Petrov", "--workspace", str(tmp_path)])
    assert isinstance(result.exception, ConfigError)


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

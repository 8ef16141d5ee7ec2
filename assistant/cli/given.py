"""What several commands are given, checked before anything is opened: questions, numbers, files; it looks nothing up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.errors import InvalidInput


def words(text: str) -> str:
    """A question with at least one letter or digit. Raises BadParameter with what to do."""
    if any("\udc80" <= char <= "\udfff" for char in text):
        raise typer.BadParameter("these bytes are not UTF-8 text; check the encoding of the terminal")
    if not any(char.isalnum() for char in text):
        raise typer.BadParameter('there is no word in it; give some, such as "how long goods can be returned"')
    return text


Question = Annotated[str, typer.Argument(help="A question or some words, in quotes.", callback=words)]
Most = Annotated[int, typer.Option("--k", "-k", min=1, help="How many passages to show, the best first.")]
Document = Annotated[str, typer.Argument(help="A document's id, as `assistant kb status` lists it.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def present(path: Path | None) -> Path | None:
    """A file that can be read. Raises BadParameter."""
    if path is not None and not path.is_file():
        raise typer.BadParameter(f"there is no file {path}")
    return path


def read_settings(path: Path) -> dict[str, Any]:
    """A file of settings. Raises InvalidInput when it is no JSON object."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidInput(f"{path} cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise InvalidInput(f'{path} is no JSON object such as {{"weight": 0.5}}')
    return found

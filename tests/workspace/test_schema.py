"""The schemas are valid, accept the packaged example as it is written, and refuse what the loader refuses."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from assistant.workspace.schema import schemas
from assistant.workspace.source import Node, Report, read_yaml


def plain(node: Node | None) -> Any:
    if node is None:
        return None
    match node.kind:
        case "map":
            return {key: plain(item) for key, _, item in node.entries}
        case "list":
            return [plain(item) for item in node.items]
        case _:
            return node.value


@pytest.mark.parametrize("file", sorted(schemas()))
def test_the_example_fits_its_schema(root: Path, file: str) -> None:
    schema = schemas()[file]
    jsonschema.Draft202012Validator.check_schema(schema)
    path = root / file
    if not path.exists():
        return
    text = path.read_text(encoding="utf-8")
    content = json.loads(json.dumps(tomllib.loads(text), default=str)) if file.endswith(".toml") else plain(read_yaml(text, file, Report()))
    jsonschema.Draft202012Validator(schema).validate(content)


def test_an_unknown_key_and_a_missing_one_are_refused() -> None:
    schema = jsonschema.Draft202012Validator(schemas()["corpus/routing.yaml"])
    good = {"queues": {"a": {"name": {"en": "A"}}}, "default": {"queue": "a", "priority": "P1"}}
    assert not list(schema.iter_errors(good))
    assert list(schema.iter_errors({**good, "queue": {}}))
    assert list(schema.iter_errors({"queues": {}}))

"""The page for operators names everything there is, and its worked example is a working one."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path

import pytest

from assistant.text.template import FILTERS
from assistant.tools.functions import ENGINE, SIGNATURES
from assistant.tools.orders import ORDER_TOOLS
from assistant.tools.products import PRODUCT_TOOLS
from assistant.tools.rules import check
from assistant.workspace import model
from assistant.workspace.bind import mark, shape
from assistant.workspace.check import REASONS
from assistant.workspace.load import FrontMatter, PromptHead, load_workspace
from assistant.workspace.marks import SlotType
from assistant.workspace.merge import IntentsFile, LexiconFile, ServeEntry, TextsFile
from assistant.workspace.scenario import HANDOFF_KEYS, KINDS, ORDER_KEYS, TICKET_KEYS, Expect
from assistant.workspace.vocabulary import Type, base_types

PAGE = (Path(__file__).parents[2] / "docs" / "workspace.md").read_text(encoding="utf-8")
ROOTS = (
    model.Settings, model.Catalog, FrontMatter, model.Policies, model.Procedures, model.RoutingSpec, IntentsFile, TextsFile, LexiconFile, ServeEntry,
    model.ToolsFile, model.FixtureCompany, model.FixtureOrder, model.FixtureAgent, PromptHead,
)  # fmt: skip


def keys(cls: type, seen: set[type]) -> Iterator[str]:
    """Every key a file may have, from the types that read it."""
    seen.add(cls)
    for key, (_, hint, _) in shape(cls).items():
        yield key
        for inner in parts(hint):
            if is_dataclass(inner) and isinstance(inner, type) and inner not in seen:
                yield from keys(inner, seen)


def parts(hint: object) -> Iterator[object]:
    yield hint
    for inner in typing.get_args(hint):
        if mark(hint) == "" or not isinstance(inner, str):
            yield from parts(inner)


def named(word: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", PAGE) is not None


@pytest.mark.parametrize("cls", ROOTS, ids=lambda cls: cls.__name__)
def test_every_key_is_explained(cls: type) -> None:
    assert [key for key in keys(cls, set()) if not named(key)] == []


def test_every_name_a_rule_or_text_may_use_is_explained(root: Path) -> None:
    workspace = load_workspace(root)
    members: set[str] = set()

    def walk(found: Type) -> None:
        for name, inner in found.fields.items():
            members.add(name)
            walk(inner)
        if found.item:
            walk(found.item)

    for name, found in base_types(workspace).items():
        members.add(name)
        walk(found)
    for names in (members, FILTERS, SIGNATURES, ENGINE, typing.get_args(SlotType), REASONS, workspace.texts.texts, ["unclear", *workspace.intents]):
        assert [name for name in names if not named(name)] == []


def test_every_tool_and_every_key_of_a_scenario_is_explained() -> None:
    tools = [tool.name for tool in (*ORDER_TOOLS, *PRODUCT_TOOLS)]
    permissions = [tool.permission for tool in (*ORDER_TOOLS, *PRODUCT_TOOLS)]
    for names in (tools, permissions, KINDS, ORDER_KEYS, TICKET_KEYS, HANDOFF_KEYS, shape(Expect)):
        assert [name for name in names if not named(name)] == []


def test_the_worked_example_works(root: Path) -> None:
    """What the page tells to add is added to the example company, which stays sound."""
    block = PAGE.partition("### A procedure from scratch")[2].partition("```yaml\n")[2].partition("```")[0]
    pieces = re.split(r"^# (.+)\n", block, flags=re.MULTILINE)
    found = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    for place, text in found.items():
        file, _, section = place.partition(", ")
        section = section or {"policies.yaml": "rules", "intents.yaml": "intents"}[file]
        path = root / "corpus" / file
        content = path.read_text(encoding="utf-8")
        assert f"\n{section}:\n" in content
        path.write_text(content.replace(f"\n{section}:\n", f"\n{section}:\n{text}", 1), encoding="utf-8")
    for language, words in (("en", "Ask at least 5 working days ahead."), ("zh", "至少提前 5 个工作日。")):
        head = "---\nid: visits\ntitle: Visits\nlevel: enterprise\n---\n# Visits\n\n## Notice\n"
        (root / f"corpus/enterprise/visits.{language}.md").write_text(head + words, encoding="utf-8")
    workspace = load_workspace(root)
    assert "book_visit" in workspace.procedures
    assert check(workspace) == ()

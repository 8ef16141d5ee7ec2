"""What texts and expressions see of a case is exactly the declared vocabulary, and every text of the example can be said in every language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.tools.facts import expression_values, text_variables
from assistant.tools.rulecheck import sample
from assistant.types import Language
from assistant.workspace.load import load_workspace
from assistant.workspace.model import Workspace
from assistant.workspace.scaffold import init_workspace
from assistant.workspace.vocabulary import Type, base_types
from assistant.workspace.wording import templates

RECEIPT = {"id": "rc1", "tool": "t", "order": "1", "ticket": "T1", "changes": {}}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("facts") / "company"
    init_workspace(folder)
    return load_workspace(folder)


def shape(found: object, declared: Type, path: str) -> list[str]:
    """Every place where a value and its declared type name different keys."""
    if declared.kind == "map" and isinstance(found, dict):
        wrong = [f"{path}: {sorted(set(found) ^ set(declared.fields))}"] if set(found) != set(declared.fields) else []
        return wrong + [line for name, inner in declared.fields.items() if name in found for line in shape(found[name], inner, f"{path}.{name}")]
    if declared.kind == "list" and declared.item and isinstance(found, list):
        return [line for item in found for line in shape(item, declared.item, f"{path}[]")]
    return []


def test_the_facts_are_the_vocabulary(workspace: Workspace) -> None:
    facts = sample(workspace, tuple(workspace.procedures.values()), {})
    for values in (expression_values(workspace, facts, {}), text_variables(workspace, facts, "en")):
        for name, declared in base_types(workspace).items():
            assert name in values
            assert shape(values[name], declared, name) == []


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_every_text_of_the_example_can_be_said(workspace: Workspace, language: Language) -> None:
    renderer = templates(workspace)
    for spec in workspace.procedures.values():
        rule = workspace.rules.get(spec.rule)
        values = {name: 3 for clause in rule.clauses for name in clause.values} if rule else {}
        variables = text_variables(workspace, replace(sample(workspace, (spec,), {}), values=values), language)
        variables |= {"p": dict(rule.parameters) if rule else {}, "receipt": RECEIPT, "queue": "q"}
        for template in (spec.preview, spec.receipt, spec.answer, *(slot.ask for slot in spec.slots.values())):
            if template:
                assert renderer.render(template, language, variables)


def test_names_follow_the_language_and_slots_not_given_are_nothing(workspace: Workspace) -> None:
    facts = replace(sample(workspace, (workspace.procedures["quote_price"],), {}), new={"product": "FL-250"})
    english, chinese = text_variables(workspace, facts, "en"), text_variables(workspace, facts, "zh-Hant")
    assert english["new"]["product"]["name"] == "FL-250 Erlenmeyer flask"
    assert chinese["new"]["product"]["name"] == "FL-250 錐形瓶"
    assert english["new"]["quantity"] is None
    assert english["order"]["lines"][0]["name"] == english["line"]["name"]
    assert english["today"] == date(2026, 6, 1)
    assert english["product"]["sku"] == english["line"]["sku"]

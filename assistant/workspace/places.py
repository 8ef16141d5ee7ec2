"""The names of regions that a company's expressions compare `region(…)` with: an official short one ("MB") becomes the region's name, one that is never given
is noted, because such a condition never holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.text.regions import Regions
from assistant.workspace.model import POLICIES, PROCEDURES, Problem, RuleSpec, Workspace, nearest

_CALL = r"region\s*\((?:[^()]|\([^()]*\))*\)"
_TEXT = r"'[^']*'|\"[^\"]*\""
_BEHIND = re.compile(rf"{_CALL}\s*(?:==|!=|in)\s*(\[[^\]]*\]|{_TEXT}|p\.\w+)")
_BEFORE = re.compile(rf"({_TEXT})\s*(?:==|!=)\s*{_CALL}")
_QUOTED = re.compile(_TEXT)


def regions_of(workspace: Workspace) -> Mapping[str, tuple[str, ...]]:
    """The company's regions, with those that its expressions call by an official short name only ("in ['MB', 'SK']" where nothing says Manitoba)."""
    lists = [each for _, _, expression, rule in _expressions(workspace) if "region" in expression for each in _compared(expression, rule)]
    named = {name for each in lists for name in each}
    if not named:
        return workspace.regions
    plain = Regions(workspace.regions)
    short = {name: meant for name in sorted(named - plain.names()) if (meant := plain.meant(name)) and meant not in named and meant not in workspace.regions}
    return {**workspace.regions, **{name: (meant,) for name, meant in short.items()}}


def notes(workspace: Workspace) -> Iterator[Problem]:
    """A note for each expression and each name that `region` cannot give."""
    regions: Regions | None = None
    for file, key, expression, rule in _expressions(workspace):
        if "region" not in expression:
            continue
        regions = regions or Regions(regions_of(workspace))
        lists = _compared(expression, rule)
        for name in sorted({name for each in lists for name in each if name not in regions.names() and regions.meant(name) not in each}):
            meant = regions.meant(name)
            hint = f"it gives {meant!r}" if meant else nearest(name, regions.names())
            yield workspace.problem(
                file, key, f"region() never gives {name!r}, so this never holds", hint=hint or "region() gives names in full, or those of regions.yaml"
            )


def _expressions(workspace: Workspace) -> Iterator[tuple[str, str, str, RuleSpec | None]]:
    """(file, key, expression, the rule whose parameters it reads)."""
    for rule in workspace.rules.values():
        for number, clause in enumerate(rule.clauses):
            key = f"rules.{rule.id}.clauses.{number}"
            yield POLICIES, f"{key}.when", clause.when, rule
            yield from ((POLICIES, f"{key}.values.{name}", value, rule) for name, value in clause.values.items())
    for function in workspace.functions.values():
        yield POLICIES, f"functions.{function.name}", function.expression, workspace.rules.get(function.rule)
    for spec in workspace.procedures.values():
        own = workspace.rules.get(spec.rule)
        yield from ((PROCEDURES, f"procedures.{spec.name}.arguments.{name}", value, own) for name, value in spec.arguments.items())
        for slot in spec.slots.values():
            yield from ((PROCEDURES, f"procedures.{spec.name}.slots.{slot.name}", value, own) for value in (slot.among, slot.when, slot.base))


def _compared(expression: str, rule: RuleSpec | None) -> list[set[str]]:
    """The names that each `region(…)` of an expression is compared with."""
    found: list[set[str]] = []
    for match in (*_BEHIND.finditer(expression), *_BEFORE.finditer(expression)):
        said = match[1]
        if not said.startswith("p."):
            found.append({text[1:-1] for text in _QUOTED.findall(said)} - {""})
            continue
        value = rule.parameters.get(said.removeprefix("p.")) if rule else None
        listed = [value] if isinstance(value, str) else value if isinstance(value, list | tuple | dict) else []
        found.append({each for each in listed if isinstance(each, str)} - {""})
    return found

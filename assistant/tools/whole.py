"""A workspace looked at as a whole: what the loader, the rules, the tools, the prompts and the settings of models each find wrong in it, told together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.errors import ConfigError, InvalidInput
from assistant.knowledge.encoders import KNOWN as ENCODERS
from assistant.knowledge.encoders import knows
from assistant.llm.back_ends import KINDS, NONE, TASKS
from assistant.llm.prompts import check as check_prompts
from assistant.llm.prompts import unused
from assistant.tools import own, toolcheck
from assistant.tools.openapi import PERMISSIONS
from assistant.tools.orders import ORDER_TOOLS
from assistant.tools.products import PRODUCT_TOOLS
from assistant.tools.registry import Tool, table
from assistant.understanding.intents.text import placeholders, unknown_placeholders
from assistant.workspace import vouched
from assistant.workspace.calendar import company_calendar
from assistant.workspace.company import CalendarSpec
from assistant.workspace.load import read_workspace
from assistant.workspace.model import INTENTS, SETTINGS, Problem, Workspace, nearest

BUILT_IN = table(*ORDER_TOOLS, *PRODUCT_TOOLS)


def load_whole(directory: Path, *, cache: Path | None = None) -> Workspace:
    """The workspace in a folder; what was found whole before, as `cache` says, is not checked again. Raises ConfigError with everything that is wrong in it."""
    content, sound = "", False

    def known(found: Workspace) -> bool:
        nonlocal content, sound
        with suppress(OSError):
            content = vouched.content_of(found) if cache is not None else ""
        sound = cache is not None and bool(content) and vouched.holds(cache, content)
        return sound

    workspace, problems = read_workspace(directory, known=known)
    if not sound:
        workspace, problems = _with_rooms(workspace, problems)
        if cache is not None and content and not problems:
            vouched.keep(cache, content)
    if workspace is None or problems:
        raise ConfigError(f"the workspace {directory} has {len(problems)} problem{'' if len(problems) == 1 else 's'}", problems=problems)
    return workspace


def read_whole(directory: Path) -> tuple[Workspace | None, tuple[Problem, ...]]:
    """(the workspace, everything wrong with it, by file and line); None when too much is wrong to go on. No tool's code is run."""
    return _with_rooms(*read_workspace(directory))


def _with_rooms(workspace: Workspace | None, problems: tuple[Problem, ...]) -> tuple[Workspace | None, tuple[Problem, ...]]:
    """A workspace and its problems with those that other rooms find."""
    if workspace is None:
        return None, problems
    rooms = (_rules(workspace), tool_problems(workspace), check_prompts(workspace.prompts), _settings(workspace), _examples(workspace))
    found = [*problems, *(problem for room in rooms for problem in room)]
    return workspace, tuple(sorted(dict.fromkeys(found), key=lambda problem: (problem.file, problem.line, problem.key)))


def notes_of(workspace: Workspace) -> tuple[Problem, ...]:
    """What looks like a mistake and stops nobody."""
    return (*workspace.notes, *unused(workspace.prompts))


def declared_tools(workspace: Workspace) -> Mapping[str, Tool]:
    """The capability table for checks: the workspace's own tools are read, not loaded."""
    return table(*BUILT_IN.values(), *own.declared(workspace, BUILT_IN))


def tool_problems(workspace: Workspace) -> tuple[Problem, ...]:
    """What is wrong with the workspace's own tools, and with procedures and scenarios that want other ones."""
    return (*own.problems(workspace, BUILT_IN), *toolcheck.problems(workspace, declared_tools(workspace)))


def _rules(workspace: Workspace) -> tuple[Problem, ...]:
    from assistant.tools import rules

    try:
        company_calendar(workspace).is_workday(date(2026, 6, 1))
    except InvalidInput:
        # told already: the rules are tried with a calendar that can be used
        workspace = replace(workspace, settings=replace(workspace.settings, calendar=CalendarSpec()))
    try:
        return rules.check(workspace)
    except ConfigError:
        # a function that the engine does not take has been told already
        return ()


def _settings(workspace: Workspace) -> Iterator[Problem]:
    """What other rooms have to say of assistant.toml."""
    spec = workspace.settings.model
    for task in ("use", *TASKS):
        for number, name in enumerate(getattr(spec, task)):
            kind, colon, rest = name.partition(":")
            if name != NONE and (kind not in KINDS or not colon or not rest):
                hint = nearest(kind, KINDS)
                yield workspace.problem(SETTINGS, f"model.{task}.{number}", f"{name!r} names no model: KIND:NAME, such as openai:qwen3", hint=hint)
    encoder = workspace.settings.knowledge.encoder
    if not knows(encoder):
        yield workspace.problem(SETTINGS, "knowledge.encoder", f"unknown encoder {encoder!r}", hint=nearest(encoder, ENCODERS))
    for number, key in enumerate(workspace.settings.keys):
        for name in key.permissions:
            if name not in PERMISSIONS:
                yield workspace.problem(SETTINGS, f"keys.{number}.permissions", f"unknown permission {name!r}", hint=nearest(name, PERMISSIONS))


def _examples(workspace: Workspace) -> Iterator[Problem]:
    """Examples of intents that leave something open which nothing fills."""
    for name, intent in workspace.intents.items():
        for language, examples in intent.examples.items():
            for example in examples:
                for hole in unknown_placeholders(example) if "{" in example else ():
                    key = f"intents.{name}.examples.{language}"
                    yield workspace.problem(INTENTS, key, f"nothing fills {{{hole}}} in {example!r}", hint=nearest(hole, placeholders()))

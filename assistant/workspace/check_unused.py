"""What looks like a mistake and stops nobody: files, rules, reasons, skills and words that nothing uses, figures that a product's page does not state."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.text.fold import fold
from assistant.text.template import filters_read
from assistant.workspace import model
from assistant.workspace.check_conduct import VALUE_NAMES
from assistant.workspace.model import AGENTS, CATALOG, POLICIES, ROUTING, TEXTS, Problem, Texts, Workspace, nearest

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FOLDERS = (*model.LEVEL_FOLDERS, "fixture")
_FILES = (
    model.CATALOG, model.REVIEWS, model.INTENTS, model.PROCEDURES, model.POLICIES, model.ROUTING, model.TEXTS, model.LEXICON, model.REGIONS, model.CONCEPTS,
    model.COMPANIES, model.ORDERS, model.STOCK, model.AGENTS, model.TOOLS,
)  # fmt: skip
# kinds of words that values have without any being written: names of the catalogue, of queues, of procedures
_NAMED = ("status", "language", "field", "option", *VALUE_NAMES)


def problems(workspace: Workspace, standard: Texts, *, assistants_own: tuple[str, ...]) -> Iterator[Problem]:
    """`standard` are the packaged texts, `assistants_own` the reasons of hand-offs that need no use by the company."""
    yield from _files(workspace)
    yield from _rules(workspace)
    yield from _reasons(workspace, assistants_own)
    yield from _skills(workspace)
    yield from _names(workspace, standard)
    yield from _figures(workspace)


def _files(workspace: Workspace) -> Iterator[Problem]:
    """Files and folders of corpus/ that nothing reads."""
    known = {*_FILES, *workspace.openapi, *(tool.openapi for tool in workspace.tools.values())}
    for folder in ("corpus", "corpus/fixture"):
        for path in sorted((workspace.root / folder).glob("*")):
            file = path.relative_to(workspace.root).as_posix()
            if path.name.startswith(".") or file in known or any(name.startswith(f"{file}/") for name in known if name):
                continue
            if path.is_dir() and (folder != "corpus" or path.name in _FOLDERS):
                continue
            names = [name for name in _FILES if name.startswith(f"{folder}/")] + [f"corpus/{name}" for name in _FOLDERS if path.is_dir()]
            yield Problem(file, 0, "", f"nothing reads this {'folder' if path.is_dir() else 'file'}", nearest(file, names))


def _rules(workspace: Workspace) -> Iterator[Problem]:
    """A rule decides for a procedure, or its parameters are read by a function."""
    used = {procedure.rule for procedure in workspace.procedures.values()} | {function.rule for function in workspace.functions.values()}
    for name in workspace.rules:
        if name not in used:
            yield workspace.problem(POLICIES, f"rules.{name}", f"no procedure names the rule {name!r}", hint="say rule: in a procedure, or take it out")


def _reasons(workspace: Workspace, own: tuple[str, ...]) -> Iterator[Problem]:
    used = {clause.reason for rule in workspace.rules.values() for clause in rule.clauses}
    used |= {intent.target for intent in workspace.intents.values() if intent.serve == "handoff"}
    for name in workspace.routing.reasons:
        if name not in own and name not in used:
            yield workspace.problem(ROUTING, f"reasons.{name}", f"nothing is handed over for the reason {name!r}", hint=nearest(name, own))


def _skills(workspace: Workspace) -> Iterator[Problem]:
    routing = workspace.routing
    asked = {skill for family in workspace.catalog.families.values() for skill in family.skills}
    asked |= {skill for queue in routing.queues.values() for skill in queue.skills} | {skill for reason in routing.reasons.values() for skill in reason.skills}
    for agent in workspace.fixture.agents.values():
        for skill in agent.skills:
            if asked and skill not in asked:
                yield workspace.problem(AGENTS, f"{agent.id}.skills", f"no family, queue or reason asks for the skill {skill!r}", hint=nearest(skill, asked))


def _names(workspace: Workspace, standard: Texts) -> Iterator[Problem]:
    """Words for values of a kind that no text asks for, and for statuses that there are not."""
    asked = {kind for source in _sources(workspace) for name, kind in filters_read(source) if name == "name"}
    known = (*_NAMED, *standard.names)
    for kind, names in workspace.texts.names.items():
        if kind not in known and kind not in asked:
            message = f"no text asks for names of the kind {kind!r}"
            yield workspace.problem(TEXTS, f"names.{kind}", message, hint=nearest(kind, known))
        for value in names if kind == "status" else ():
            if value not in workspace.statuses and value not in standard.names.get("status", {}):
                hint = nearest(value, workspace.statuses)
                yield workspace.problem(TEXTS, f"names.status.{value}", f"there is no status {value!r}", hint=hint)


def _figures(workspace: Workspace) -> Iterator[Problem]:
    """Figures of the catalogue that the product's own page does not state."""
    for sku, product in workspace.products.items():
        for page in workspace.variants(product.document) if product.document else ():
            stated = set(_NUMBER.findall(fold(page.body)))
            for attribute, value in product.specs.items():
                if any(number not in stated for number in _NUMBER.findall(fold(value))):
                    yield workspace.problem(CATALOG, f"products.{sku}.specs.{attribute}", f"{value!r} is not stated in {page.path}, the product's page")


def _sources(workspace: Workspace) -> Iterator[str]:
    """Every text of the workspace."""
    for procedure in workspace.procedures.values():
        for template in (procedure.preview, procedure.receipt, procedure.answer, *(slot.ask for slot in procedure.slots.values())):
            yield from template.values()
    for rule in workspace.rules.values():
        for clause in rule.clauses:
            yield from clause.message.values()
    for template in workspace.texts.texts.values():
        yield from template.values()

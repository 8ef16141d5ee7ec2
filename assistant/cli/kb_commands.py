"""The table of `assistant kb` commands with their options; what they do stands in `knowledge.py` and `kb_life.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.given import Document, Json, Most, Question
from assistant.cli.kb_bench import bench
from assistant.cli.kb_feedback import feedback
from assistant.cli.kb_sources import places, source

kb = typer.Typer(help="The documents: bring them in, search them, publish, compare, remove.", no_args_is_help=True)
kb.add_typer(bench)
kb.add_typer(places)
kb.add_typer(feedback, name="feedback")
kb.add_typer(source, name="source")

Workspace = Annotated[Path, typer.Option("--workspace", "-w", help="The company's folder.")]
State = Annotated[Path | None, typer.Option(help="The folder of everything that changes; the workspace's var/ by default.")]
Reason = Annotated[str, typer.Option(help="Why, for the record.")]
By = Annotated[str, typer.Option(help="Who does it, for the record.")]
Tongue = Annotated[str, typer.Option(help="One language variant only: zh or en.")]
Draft = Annotated[bool, typer.Option("--draft", help="Store versions without publishing them.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
HERE = Path()


@kb.command("add")
def add(
    targets: Annotated[list[str], typer.Argument(help="Files, folders, git+PATH, http(s) addresses, or ids that were removed.")],
    workspace: Workspace = HERE,
    state: State = None,
    id_: Annotated[str, typer.Option("--id", help="The id of a single document; made of its name by default.")] = "",
    language: Annotated[str, typer.Option(help="zh or en; detected by default.")] = "",
    level: Annotated[str, typer.Option(help="enterprise, product or scene.")] = "enterprise",
    audience: Annotated[str, typer.Option(help="public, or internal: never shown to a customer.")] = "public",
    product: Annotated[str, typer.Option(help="SKUs the documents are about, with commas.")] = "",
    owner: Annotated[str, typer.Option(help="Who is responsible for it.")] = "",
    route_to: Annotated[str, typer.Option(help="The queue that questions about it go to.")] = "",
    valid_from: Annotated[str, typer.Option(help="First day, such as 2026-07-01.")] = "",
    valid_until: Annotated[str, typer.Option(help="Last day.")] = "",
    by: By = "",
    draft: Draft = False,
    dry_run: DryRun = False,
    json_: Json = False,
) -> None:
    """Bring documents in; folders, git folders and addresses are read again by `kb sync`."""
    from assistant.cli.knowledge import add as run

    said = {"id": id_, "language": language, "level": level, "audience": audience, "product": product, "owner": owner, "route_to": route_to}
    said |= {"valid_from": valid_from, "valid_until": valid_until, "by": by}
    raise typer.Exit(run(targets, workspace, state=state, said=said, draft=draft, dry_run=dry_run, as_json=json_))


@kb.command("sync")
def sync(workspace: Workspace = HERE, state: State = None, draft: Draft = False, dry_run: DryRun = False, json_: Json = False) -> None:
    """Bring changed documents of the workspace and of every added source in; a running server follows by itself."""
    from assistant.cli.knowledge import sync as run

    raise typer.Exit(run(workspace, state=state, draft=draft, dry_run=dry_run, as_json=json_))


@kb.command("search")
def search(query: Question, workspace: Workspace = HERE, state: State = None, k: Most = 5, json_: Json = False) -> None:
    """The sections found for a question, with their scores."""
    from assistant.cli.knowledge import search as run

    run(query, workspace, state=state, k=k, as_json=json_)


@kb.command("status")
def status(workspace: Workspace = HERE, state: State = None, json_: Json = False) -> None:
    """How the documents stand."""
    from assistant.cli.knowledge import status as run

    run(workspace, state=state, as_json=json_)


@kb.command("show")
def show(
    document: Document,
    workspace: Workspace = HERE,
    state: State = None,
    language: Tongue = "",
    version: Annotated[int, typer.Option(help="A version's number; the live one by default.")] = 0,
    json_: Json = False,
) -> None:
    """A document's versions, acts and text."""
    from assistant.cli.kb_life import show as run

    run(document, workspace, state=state, language=language, version=version, as_json=json_)


@kb.command("diff")
def diff(
    document: Document,
    old: Annotated[int, typer.Argument(help="The last but one by default.")] = 0,
    new: Annotated[int, typer.Argument(help="The last by default.")] = 0,
    workspace: Workspace = HERE,
    state: State = None,
    language: Tongue = "",
    json_: Json = False,
) -> None:
    """What changed between two versions, section by section."""
    from assistant.cli.kb_life import diff as run

    run(document, workspace, state=state, language=language, numbers=(old, new), as_json=json_)


@kb.command("publish")
def publish(
    document: Document,
    workspace: Workspace = HERE,
    state: State = None,
    language: Tongue = "",
    version: Annotated[int, typer.Option(help="A version's number; the newest by default.")] = 0,
    by: By = "",
    json_: Json = False,
) -> None:
    """Make a draft, a version in review or a retired one live."""
    from assistant.cli.kb_life import Desk
    from assistant.cli.kb_life import publish as run

    run(Desk(workspace, state, by, json_), document, language=language, version=version)


@kb.command("review")
def review(document: Document, workspace: Workspace = HERE, state: State = None, language: Tongue = "", by: By = "", json_: Json = False) -> None:
    """Hand a draft in for review."""
    from assistant.cli.kb_life import Desk
    from assistant.cli.kb_life import submit as run

    run(Desk(workspace, state, by, json_), document, language=language)


@kb.command("rollback")
def rollback(
    document: Document,
    workspace: Workspace = HERE,
    state: State = None,
    language: Tongue = "",
    version: Annotated[int, typer.Option("--to", help="A version's number; the last one live before by default.")] = 0,
    by: By = "",
    json_: Json = False,
) -> None:
    """Make a new version with the text of an old one."""
    from assistant.cli.kb_life import Desk
    from assistant.cli.kb_life import rollback as run

    run(Desk(workspace, state, by, json_), document, language=language, version=version)


@kb.command("retire")
def retire(
    document: Document, workspace: Workspace = HERE, state: State = None, language: Tongue = "", reason: Reason = "", by: By = "", json_: Json = False
) -> None:
    """Take a document out of every answer and keep it."""
    from assistant.cli.kb_life import Desk
    from assistant.cli.kb_life import retire as run

    run(Desk(workspace, state, by, json_), document, language=language, reason=reason)


@kb.command("rm")
def remove(
    document: Document,
    workspace: Workspace = HERE,
    state: State = None,
    prove: Annotated[bool, typer.Option("--prove", help="Look for it in every store afterwards.")] = False,
    shred: Annotated[bool, typer.Option("--shred", help="Black it out in stored conversations and leave no byte of it in the files.")] = False,
    reason: Reason = "",
    by: By = "",
    json_: Json = False,
) -> None:
    """Remove a document from every store; sync does not bring it back."""
    from assistant.cli.kb_life import Desk
    from assistant.cli.kb_life import remove as run

    raise typer.Exit(run(Desk(workspace, state, by, json_), document, reason=reason, prove=prove, shred=shred))


@kb.command("export")
def export(
    folder: Annotated[Path, typer.Argument(help="Where to write; it is made when it is missing.")],
    ids: Annotated[list[str] | None, typer.Argument(help="Only these documents; all of them when left out.")] = None,
    workspace: Workspace = HERE,
    state: State = None,
    json_: Json = False,
) -> None:
    """Write the live documents as a folder of Markdown that `kb add` reads back."""
    from assistant.cli.knowledge import export as run

    run(folder, ids or [], workspace, state=state, as_json=json_)


@kb.command("graph")
def graph(
    picture: Annotated[Path | None, typer.Option("--svg", help="Write the picture to this file.")] = None,
    orders: Annotated[bool, typer.Option("--orders", help="With what customers ordered: for staff only.")] = False,
    workspace: Workspace = HERE,
    state: State = None,
    json_: Json = False,
) -> None:
    """What is connected to what, each edge with its source: products, families, documents, rules."""
    from assistant.cli.knowledge import graph as run

    run(workspace, state=state, picture=picture, orders=orders, as_json=json_)


@kb.command("doctor")
def doctor(workspace: Workspace = HERE, state: State = None, json_: Json = False) -> None:
    """Contradictions, stale translations, expired documents, sources that are gone."""
    from assistant.cli.knowledge import doctor as run

    raise typer.Exit(run(workspace, state=state, as_json=json_))


@kb.command("reindex")
def reindex(workspace: Workspace = HERE, state: State = None, json_: Json = False) -> None:
    """Build what can be computed again: sections cut in an older way, missing vectors, the vector index."""
    from assistant.cli.knowledge import reindex as run

    run(workspace, state=state, as_json=json_)

"""Commands on the documents as a whole: bring them in, search them, see how they stand, export them, build the index again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast

from assistant.cli.kb_open import excerpt, opened, outcome_json, print_outcome, say
from assistant.cli.progress import shown
from assistant.cli.table import table
from assistant.errors import InvalidInput


def add(targets: Sequence[str], workspace: Path, *, state: Path | None, said: dict[str, str], draft: bool, dry_run: bool, as_json: bool) -> int:
    """Brings in files, folders, git folders and addresses; 1 when something could not be read. `said` is what the documents do not say themselves."""
    from assistant.knowledge import library as room

    intake = intake_of(said)
    with opened(workspace, state=state, who=said.get("by") or "operator") as library, shown("reading") as progress:
        outcome = room.add(library, targets, intake=intake, run=room.Run(draft, dry_run, progress))
    say(outcome_json(outcome)) if as_json else print_outcome(outcome)
    return 1 if outcome.problems else 0


def intake_of(said: dict[str, str]) -> Any:
    """What was said on the command line about the documents. Raises InvalidInput."""
    from assistant.knowledge.sources import Intake

    level, audience = said.get("level") or "enterprise", said.get("audience") or "public"
    if level not in ("enterprise", "product", "scene") or audience not in ("public", "internal"):
        raise InvalidInput(f"level is enterprise, product or scene and audience public or internal, not {level} and {audience}", code="bad_option")
    if (said.get("language") or "zh") not in ("zh", "en"):
        raise InvalidInput("language is zh or en", code="bad_option")
    return Intake(
        level=cast(Literal["enterprise", "product", "scene"], level),
        audience=cast(Literal["public", "internal"], audience),
        products=tuple(each.strip() for each in said.get("product", "").split(",") if each.strip()),
        owner=said.get("owner", ""),
        route_to=said.get("route_to", ""),
        id=said.get("id", ""),
        language=said.get("language", ""),
        valid_from=_day(said.get("valid_from", "")),
        valid_until=_day(said.get("valid_until", "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidInput(f"{text!r} is no day such as 2026-06-30", code="bad_option") from error


def sync(workspace: Path, *, state: Path | None, draft: bool = False, dry_run: bool = False, as_json: bool = False) -> int:
    """Makes the state equal to the workspace and to every source that was added; 1 when something could not be read."""
    from assistant.knowledge import library as room

    with opened(workspace, state=state) as library, shown("documents") as progress:
        outcome = room.sync_all(library, run=room.Run(draft, dry_run, progress))
    say(outcome_json(outcome)) if as_json else print_outcome(outcome)
    return 1 if outcome.problems else 0


def search(query: str, workspace: Path, *, state: Path | None, k: int, as_json: bool) -> None:
    """The sections found, best first, as a customer may see them. The corpus is brought in first, so that a fresh state answers too."""
    from assistant.knowledge.base import Knowledge
    from assistant.knowledge.beside import AT_ONCE
    from assistant.text.script import detect_language
    from assistant.types import Scope

    with opened(workspace, state=state) as library:
        knowledge = Knowledge(library.store, library.workspace, library.encoder, state=library.state, clock=library.clock)
        if knowledge.second is not None:
            knowledge.second.patience = AT_ONCE
        knowledge.sync()
        scope = Scope("public", library.clock.now())
        passages = knowledge.search(query, language=detect_language(query, sticky="zh-Hans"), scope=scope, k=k)
        pages = {p.id: knowledge.snapshot().sections[knowledge.snapshot().section(p.document, p.id, p.language)] for p in passages}
    if as_json:
        found = [
            {"document": p.document, "version": p.version, "section": p.id, "title": p.title, "text": p.text, "page": pages[p.id].page or None}
            | {"score": round(p.fused, 4), "language": p.language, "line": pages[p.id].line, "dense": round(p.dense, 4), "lexical": round(p.lexical, 4)}
            | {"also": list(p.also)}
            for p in passages
        ]
        say({"passages": found})
        return
    for rank, p in enumerate(passages, 1):
        place = f", page {pages[p.id].page}" if pages[p.id].page else ""
        print(f"{rank}. {p.title}  ({p.document}@{p.version}{place})")
        print(f"   {excerpt(p.text)}")
        if p.also:
            print(f"   said also in {', '.join(p.also)}")
        print(f"   score {p.fused:.3f} = meaning {p.dense:.3f}, words {p.lexical:.3f}, mixed")
    if not passages:
        print("nothing found; `assistant kb status` lists what can be found")


def status(workspace: Path, *, state: Path | None, as_json: bool) -> None:
    """How the documents stand: by state, origin and language, what is stale, expired or removed, and who holds the index."""
    from assistant.knowledge.overview import overview

    with opened(workspace, state=state) as library:
        found = overview(library)
    if as_json:
        say(found)
        return
    table("documents", ("document", "language", "version", "audience", "origin"), [
        (each["document"], each["language"], _versions(each), each["audience"], each["origin"]) for each in found["documents"]
    ])  # fmt: skip
    for each in found["documents"]:
        if each["remarks"]:
            print(f"remark     {each['document']} ({each['language']}): {each['remarks']}")
    for name, counts in found["counts"].items():
        print(f"{name:<10} " + ", ".join(f"{count} {key}" for key, count in counts.items()))
    for stone in found["tombstones"]:
        print(f"removed    {stone['id']} on {stone['at'][:16]} by {stone['by']}{': ' + stone['reason'] if stone['reason'] else ''}")
    for source in found["sources"]:
        print(f"source     {source['origin']} (synced {source['synced'] or 'never'})")
    print("index      " + ", ".join(f"{name} {value}" for name, value in found["index"].items()))


def _versions(each: dict[str, Any]) -> str:
    """The newest version and its state, and the live one where that is another."""
    newest = f"{each['version']} {each['state']}"
    return newest if each["live"] in (each["version"], None, 0) else f"{newest}, {each['live']} live"


def export(folder: Path, ids: Sequence[str], workspace: Path, *, state: Path | None, as_json: bool) -> None:
    """Writes the live documents as Markdown with front matter."""
    from assistant.knowledge.export import export as run

    with opened(workspace, state=state) as library:
        files = run(library, folder, ids=ids)
    if as_json:
        say({"files": [path.relative_to(folder).as_posix() for path in files]})
    else:
        print(f"{len(files)} documents written to {folder}")


def graph(workspace: Path, *, state: Path | None, picture: Path | None, orders: bool, as_json: bool) -> None:
    """The knowledge graph as edges, one a line, and as a picture."""
    from dataclasses import asdict

    from assistant.knowledge.graph import graph_of, svg
    from assistant.store import knowledge as kb
    from assistant.store.orders import list_orders

    with opened(workspace, state=state) as library:
        rows = library.store.read_now(lambda conn: kb.live_documents(conn, tenant=library.tenant))
        bought = library.store.read_now(lambda conn: list_orders(conn, tenant=library.tenant)) if orders else ()
        cut = library.store.read_now(lambda conn: kb.live_sections(conn, tenant=library.tenant))
        found = graph_of(library.workspace, rows, bought, sections=cut)
    if picture is not None:
        picture.write_text(svg(found), encoding="utf-8")
    if as_json:
        say(asdict(found))
        return
    for edge in found.edges:
        print(f"{edge.source} – {edge.relation} – {edge.target}  ({edge.evidence})")
    print(f"{len(found.nodes)} nodes, {len(found.edges)} edges{f'; drawn in {picture}' if picture is not None else ''}")


def doctor(workspace: Path, *, state: Path | None, as_json: bool) -> int:
    """What is wrong in the documents: contradictions, stale translations, expired pages, copies, sources that are gone; 1 when there is anything."""
    from assistant.knowledge.overview import SHARED, findings

    with opened(workspace, state=state) as library:
        found = findings(library)
    wrong = [each for each in found if each["kind"] != SHARED]
    if as_json:
        say({"findings": found})
    else:
        for each in found:
            print(f"{each['kind']}: {each['text']}")
            for quote in each.get("quotes", ()):
                print(f"  {quote['place']}: “{quote['quote']}”")
        print(f"{len(wrong)} finding(s)" if wrong else "nothing wrong")
    return 1 if wrong else 0


def reindex(workspace: Path, *, state: Path | None, as_json: bool) -> None:
    """Cuts what was cut in an older way anew, embeds what lacks a vector, and has the vector index built from nothing."""
    from assistant.knowledge.overview import reindex as run

    with opened(workspace, state=state) as library, shown("vectors") as progress:
        found = run(library, progress)
    if as_json:
        say(found)
    else:
        print(", ".join(f"{name} {value}" for name, value in found.items()))

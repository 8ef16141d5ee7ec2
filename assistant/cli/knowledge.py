"""Commands on the documents: bring them into the state, search them."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.cli.config import config_of
from assistant.cli.progress import shown


def sync(workspace: Path, *, state: Path | None) -> None:
    """Reads the documents and stores what changed. A running server holds the index and follows within seconds."""
    from assistant.once import sync_documents

    with shown("documents") as progress:
        report = sync_documents(config_of(workspace, state=state), progress)
    print(
        f"{report.added} added, {report.changed} changed, {report.retired} retired, {report.unchanged} unchanged; "
        f"{report.sections} sections, {report.embedded} vectors computed, {report.writes} rows written"
    )


def search(query: str, workspace: Path, *, state: Path | None, k: int, as_json: bool) -> None:
    """Prints the sections found, best first, as a customer may see them."""
    from assistant.once import search_documents

    passages = search_documents(config_of(workspace, state=state), query, k)
    if as_json:
        for p in passages:
            print(
                json.dumps(
                    {"id": p.id, "document": p.document, "title": p.title, "fused": p.fused, "dense": p.dense, "lexical": p.lexical, "text": p.text},
                    ensure_ascii=False,
                )
            )
        return
    for rank, p in enumerate(passages, 1):
        print(f"{rank}. {p.fused:.3f} (dense {p.dense:.3f}, lexical {p.lexical:.3f})  {p.document}@{p.version} · {p.title}")
        print(f"   {p.text[:160].replace(chr(10), ' ')}")
    if not passages:
        print("nothing found")

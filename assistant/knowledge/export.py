"""Live documents as a folder of Markdown with front matter, which `add` and a workspace read back as they were; the catalogue is a file of its own already."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from assistant.errors import Conflict
from assistant.knowledge.library import Library
from assistant.knowledge.sources import slug
from assistant.store import knowledge as kb
from assistant.store import knowledge_life as life
from assistant.store.knowledge import CATALOG, DocumentRow
from assistant.store.knowledge_life import VersionRow

_FOLDERS = {"enterprise": "enterprise", "product": "products", "scene": "scenes"}


def export(library: Library, folder: Path, *, ids: Sequence[str] = ()) -> tuple[Path, ...]:
    """Writes every live document (or those of `ids`) below `folder`; gives the files. Raises Conflict for a file that is there already."""
    rows = library.store.read_now(lambda conn: kb.live_documents(conn, tenant=library.tenant))
    written = []
    for row in sorted(rows, key=lambda row: (row.id, row.language)):
        if row.origin == CATALOG or (ids and row.id not in ids):
            continue
        version = _version(library, row)
        path = folder / _FOLDERS[row.level] / f"{slug(row.id)}.{row.language}.md"
        if path.exists():
            raise Conflict(f"{path} is there already; export into an empty folder", code="exists")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(markdown(version, library.workspace.zone), encoding="utf-8", newline="\n")
        written.append(path)
    return tuple(written)


def _version(library: Library, row: DocumentRow) -> VersionRow:
    return library.store.read_now(lambda conn: life.get_version(conn, row.id, row.language, version=row.version, tenant=library.tenant))


def markdown(version: VersionRow, zone: tzinfo) -> str:
    """A version as a Markdown file; days are those of `zone`, the last one inside."""
    return "---\n" + "\n".join(_front(version.row, zone)) + "\n---\n" + version.body


def _front(row: DocumentRow, zone: tzinfo) -> Iterator[str]:
    yield f"id: {_quoted(row.id)}"
    yield f"title: {_quoted(row.title)}"
    yield f"level: {row.level}"
    if row.products:
        yield f"product: {json.dumps(list(row.products), ensure_ascii=False)}"
    yield f"audience: {row.audience}"
    if row.valid_from:
        yield f"valid_from: {row.valid_from.astimezone(zone).date().isoformat()}"
    if row.valid_until:
        yield f"valid_until: {_last_day(row.valid_until, zone)}"
    if row.owner:
        yield f"owner: {_quoted(row.owner)}"
    if row.route_to:
        yield f"route_to: {_quoted(row.route_to)}"
    yield f"version: {row.version}"


def _last_day(end: datetime, zone: tzinfo) -> str:
    return (end.astimezone(zone).date() - timedelta(1)).isoformat()


def _quoted(text: str) -> str:
    """A YAML scalar: JSON's strings are YAML's."""
    return json.dumps(text, ensure_ascii=False)

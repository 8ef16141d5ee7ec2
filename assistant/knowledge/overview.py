"""How the documents of a company stand, as plain values for people and programs: status, one document, differences, findings; nothing is changed here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from assistant.errors import Conflict, InvalidInput, NotFound
from assistant.knowledge import life as acts
from assistant.knowledge.diff import compare
from assistant.knowledge.duplicates import Duplicate, duplicates
from assistant.knowledge.library import FOLDER, GIT, Library, Run, sync_workspace
from assistant.knowledge.load.model import Place, place_at
from assistant.knowledge.lock import owner
from assistant.knowledge.publish import stored_sections
from assistant.store import knowledge as kb
from assistant.store import knowledge_life as life
from assistant.store.knowledge_life import VersionRow

Value = dict[str, Any]
# a finding that asks for nothing: pages of like products say some things alike
SHARED = "shared text"


def overview(library: Library) -> Value:
    """Every document with its state, counts by state, origin and language, tombstones, registered sources, and who holds the index."""
    standings = acts.standings(library.writing())
    same = _same(library)
    documents = [
        {
            "document": each.row.id,
            "language": each.row.language,
            "title": each.row.title,
            "version": each.version,
            "state": each.state,
            "live": each.live,
            "audience": each.row.audience,
            "level": each.row.level,
            "origin": each.row.origin,
            "owner": each.row.owner,
            "approver": each.row.approver,
            "valid_from": _iso(each.row.valid_from),
            "valid_until": _iso(each.row.valid_until),
            "stale": each.stale,
            "validity": each.validity,
            "same_as": same.get((each.row.id, each.row.language), []),
            "remarks": ", ".join(filter(None, ("translation is older" if each.stale else "", each.validity, *_says(same, each)))),
        }
        for each in standings
    ]
    counts = {
        name: dict(sorted(Counter(str(each[key]) for each in documents).items()))
        for name, key in (("states", "state"), ("origins", "origin"), ("languages", "language"))
    }
    stones = [{"id": stone.id, "at": stone.at.isoformat(), "by": stone.by, "reason": stone.reason} for stone in acts.buried(library.writing())]
    return {"documents": documents, "counts": counts, "tombstones": stones, "sources": _sources(library), "index": _index(library)}


def _same(library: Library) -> dict[tuple[str, str], list[str]]:
    """{variant: other live documents that hold a section of it word for word}; `findings` looks for nearly the same too."""
    found: dict[tuple[str, str], list[str]] = {}
    for document, language, other in library.store.read_now(lambda conn: life.same_sections(conn, tenant=library.tenant)):
        found.setdefault((document, language), []).append(other)
    return found


def _says(same: Mapping[tuple[str, str], list[str]], standing: acts.Standing) -> list[str]:
    return [f"shares text with {other}" for other in same.get((standing.row.id, standing.row.language), ())]


def _sources(library: Library) -> list[Value]:
    known = library.store.read_now(lambda conn: life.sources(conn, tenant=library.tenant))
    return [{"origin": origin, "synced": _iso(synced), "options": dict(options)} for origin, (options, synced) in known.items()]


def _index(library: Library) -> Value:
    def read(conn: Any) -> tuple[int, int]:
        return kb.last_change(conn, tenant=library.tenant), life.acknowledged(conn, life.INDEX_READER, tenant=library.tenant)

    change, seen = library.store.read_now(read)
    try:
        pointer = json.loads((library.state / "vectors" / "current.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        pointer = {}
    held = owner(library.state)
    return {"changes": change, "acknowledged": seen, "process": held if held is not None else "none", "encoder": pointer.get("stamp", "not built")}


def _iso(value: Any) -> str | None:
    return value.isoformat() if value is not None else None


def _ids(library: Library) -> list[str]:
    return [name for name, _ in library.store.read_now(lambda conn: life.latest(conn, tenant=library.tenant))]


def one(library: Library, document: str, *, language: str = "", version: int = 0) -> Value:
    """A document: its versions, its acts, and the text of each variant's live version (the newest, when none is; or of version number `version`).

    Raises NotFound.
    """
    listed = library.store.read_now(lambda conn: life.list_versions(conn, tenant=library.tenant, document=document, language=language))
    if not listed:
        raise acts.unknown(document, _ids(library), language=language)
    done = library.store.read_now(lambda conn: life.list_acts(conn, tenant=library.tenant, document=document))
    chosen: dict[str, VersionRow] = {}
    for each in listed:
        if version in (0, each.row.version) and (each.row.state == "live" or chosen.get(each.row.language, each).row.state != "live"):
            chosen[each.row.language] = each
    if not chosen:
        raise NotFound(f"no version {version} of {document}")
    return {
        "document": document,
        "versions": [_version(each) for each in listed],
        "acts": [{"at": a.at.isoformat(), "who": a.who, "act": a.act, "language": a.language, "version": a.version, "detail": dict(a.detail)} for a in done],
        "texts": [_text(library, each) for each in chosen.values()],
    }


def _version(version: VersionRow) -> Value:
    row = version.row
    head = {"language": row.language, "version": row.version, "state": row.state, "title": row.title, "audience": row.audience, "origin": row.origin}
    return {**head, "path": row.path, "approver": row.approver, "created": version.created.isoformat(), "published": _iso(version.published)}


def _text(library: Library, version: VersionRow) -> Value:
    row = version.row
    whole = library.store.read_now(lambda conn: life.get_version(conn, row.id, row.language, version=row.version, tenant=library.tenant))
    body = whole.body or "\n\n".join(section.text for section in _sections(library, whole))
    sections = [{"id": s.id, "heading": s.heading, "page": s.page or None, "line": s.line} for s in _sections(library, whole)]
    head = {"language": row.language, "version": row.version, "title": row.title, "level": row.level, "audience": row.audience}
    rest = {"products": list(row.products), "owner": row.owner, "route_to": row.route_to, "valid_from": _iso(row.valid_from)}
    return {**head, **rest, "valid_until": _iso(row.valid_until), "text": body, "sections": sections}


def _sections(library: Library, version: VersionRow) -> tuple[kb.SectionRow, ...]:
    row = version.row
    kept = library.store.read_now(lambda conn: kb.sections_of(conn, row.id, row.language, version=row.version, tenant=library.tenant))
    return kept or stored_sections(version, library.names)


def cited(library: Library, citation: str, *, language: str = "", start: int = 0) -> Value:
    """Where a citation `document@version#section` stands in its file, and what it says; `start` is where its quote begins in the section.

    `page` and `line` count from 1 and are None where the format has none; `sheet` names a worksheet. The text is that version's, whatever is live now.
    Raises InvalidInput for what is no citation, NotFound for a place that is not stored (any more).
    """
    name, mark, section = citation.partition("#")
    document, _, number = name.rpartition("@")
    if not (mark and document and section and number.isdecimal()):
        raise InvalidInput(f"{citation!r} is no citation such as returns@2#en/window", code="bad_citation")
    listed = library.store.read_now(lambda conn: life.list_versions(conn, tenant=library.tenant, document=document, language=language))
    if not listed:
        raise acts.unknown(document, _ids(library), language=language)
    for each in listed:
        if each.row.version != int(number):
            continue
        whole = _whole(library, document, each.row.language, int(number))
        for found in _sections(library, whole):
            if found.id == section:
                return {**_placed(whole, found, start), "document": document, "version": int(number), "section": section, "title": each.row.title}
    raise NotFound(f"no section {section!r} in version {number} of {document}")


def _placed(version: VersionRow, section: kb.SectionRow, start: int) -> Value:
    at = section.start + max(0, min(start, len(section.text)))
    place = place_at([Place(*each) for each in version.places], at)
    if version.places:
        line = place.line + version.body.count("\n", place.start, at) if place.line else 0
    else:
        line = version.line + version.body.count("\n", 0, at) if version.body else 0
    where = {"page": place.page or None, "line": line or None, "sheet": place.sheet or None}
    head = {"path": version.row.path, "origin": version.row.origin, "language": version.row.language, "state": version.row.state}
    return {**head, **where, "heading": section.heading, "text": section.text}


def differences(library: Library, document: str, *, language: str = "", numbers: tuple[int, int] = (0, 0)) -> Value:
    """What changed between two versions of each variant; 0 for the last and the last but one. Raises NotFound, Conflict (`state`: only one version)."""
    listed = library.store.read_now(lambda conn: life.list_versions(conn, tenant=library.tenant, document=document, language=language))
    if not listed:
        raise acts.unknown(document, _ids(library), language=language)
    found = []
    for tongue in dict.fromkeys(each.row.language for each in listed):
        known = [each.row.version for each in listed if each.row.language == tongue]
        new = numbers[1] or known[-1]
        old = numbers[0] or max((number for number in known if number < new), default=0)
        if not old:
            continue
        before, after = (_whole(library, document, tongue, number) for number in (old, new))
        parts = compare(_sections(library, before), _sections(library, after))
        shown = [
            {"section": part.section, "heading": part.heading, "change": part.change, "words": [{"mark": mark, "text": text} for mark, text in part.words]}
            for part in parts
        ]
        found.append({"language": tongue, "from": old, "to": new, "head": _head_changes(before, after), "sections": shown})
    if not found:
        raise Conflict(f"{document} has only one version", code="state")
    return {"document": document, "variants": found}


def _whole(library: Library, document: str, language: str, version: int) -> VersionRow:
    return library.store.read_now(lambda conn: life.get_version(conn, document, language, version=version, tenant=library.tenant))


def _head_changes(before: VersionRow, after: VersionRow) -> dict[str, list[Any]]:
    names = ("title", "level", "audience", "products", "valid_from", "valid_until", "owner", "route_to")
    pairs = {name: (getattr(before.row, name), getattr(after.row, name)) for name in names}
    return {name: [_shown(old), _shown(new)] for name, (old, new) in pairs.items() if old != new}


def _shown(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value.isoformat() if hasattr(value, "isoformat") else value


def findings(library: Library) -> list[Value]:
    """What somebody should look at: contradictions with both quotes, stale translations, expired documents, drafts that wait, sources that are gone."""
    from assistant.knowledge.contradictions import contradictions

    found: list[Value] = [
        {"kind": "contradiction", "text": each.text, "quotes": [{"place": place, "quote": quote} for place, quote in each.quotes]}
        for each in contradictions(library)
    ]
    for each in acts.standings(library.writing()):
        name = f"{each.row.id} ({each.row.language})"
        if each.stale:
            found.append({"kind": "stale translation", "text": f"{name}: another language changed after it"})
        if each.live and each.validity in ("expired", "soon"):
            found.append({"kind": each.validity, "text": f"{name}: valid until {each.row.valid_until}"})
        if each.version > each.live and each.state in (life.DRAFT, life.REVIEW):
            found.append({"kind": each.state, "text": f"{name}: version {each.version} waits"})
    for stone in acts.buried(library.writing()):
        if any(document.id == stone.id for document in library.workspace.documents):
            found.append({"kind": "removed", "text": f"{stone.id}: its file is still in the corpus; sync leaves it out"})
    return found + _gone(library) + _repeated(library) + _unread(library)


def _repeated(library: Library) -> list[Value]:
    """Documents that say what an earlier one says, and what to do about those with nothing of their own."""
    found = []
    for each in repeated(library):
        advice = f"; `assistant kb retire {each.later}` leaves it out of answers" if each.whole else ""
        text = f"{each.later} ({each.language}) says in {len(each.sections)} sections, {each.share:.0%} of its text, what {each.earlier} says{advice}"
        pairs = [{"section": later, "same_as": f"{each.earlier}#{earlier}"} for later, earlier in each.sections]
        found.append(
            {
                "kind": "duplicate" if each.whole else SHARED,
                "text": text,
                "document": each.later,
                "earlier": each.earlier,
                "share": each.share,
                "sections": pairs,
            }
        )
    return found


def repeated(library: Library) -> tuple[Duplicate, ...]:
    """Live documents that say nearly the same as one that came before them."""

    def read(conn: Any) -> tuple[Any, Any, Any]:
        rows = kb.live_documents(conn, tenant=library.tenant)
        sections = kb.live_sections(conn, tenant=library.tenant, keys=[(row.id, row.language) for row in rows])
        return sections, rows, life.list_versions(conn, tenant=library.tenant)

    sections, rows, versions = library.store.read_now(read)
    came: dict[tuple[str, str], Any] = {}
    for version in versions:
        came.setdefault((version.row.id, version.row.language), version.created)
    return duplicates(sections, rows, came)


def _unread(library: Library) -> list[Value]:
    """Files of the corpus that a sync would leave out."""
    return [{"kind": "not read", "text": f"{each.where}: {each.reason}"} for each in sync_workspace(library, Run(dry=True)).problems]


def _gone(library: Library) -> list[Value]:
    from pathlib import Path

    known: Mapping[str, Any] = library.store.read_now(lambda conn: life.sources(conn, tenant=library.tenant))
    local = [origin for origin in known if origin.startswith((FOLDER, GIT)) and not Path(origin.partition(":")[2]).is_dir()]
    return [{"kind": "source gone", "text": origin} for origin in local]


def reindex(library: Library, progress: Callable[[str, int, int], None] | None = None) -> Value:
    """Cuts anew what was cut in an older way and embeds what lacks a vector. Without a running server the vector index is thrown away, to be built from
    nothing at the next start; a running server follows by itself."""
    from assistant.knowledge.beneath import discard_index
    from assistant.knowledge.lock import acquire
    from assistant.knowledge.publish import fill, keep
    from assistant.knowledge.vectors import stamp

    writing = library.writing()
    cut = acts.recut(writing, library.names)
    blank = sorted(library.store.read_now(lambda conn: kb.without_vectors(conn, tenant=library.tenant, encoder=stamp(library.encoder))))
    rows = {(row.id, row.language): row for row in library.store.read_now(lambda conn: kb.live_documents(conn, tenant=library.tenant))}
    for number, key in enumerate(blank, start=1):
        sections = library.store.read_now(lambda conn, key=key: kb.live_sections(conn, tenant=library.tenant, keys=[key]))
        fill(writing, replace(rows[key], updated=writing.at), sections)
        if progress is not None:
            progress("vectors", number, len(blank))
    keep(writing)
    mine = acquire(library.state)
    if mine is not None:
        discard_index(library.state / "vectors")
        mine.release()
    index = "built at the next start" if mine is not None else "followed by the running server"
    return {"cut": cut, "filled": len(blank), "vectors": len(writing.ready.made), "index": index}

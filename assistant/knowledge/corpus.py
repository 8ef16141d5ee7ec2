"""Files of other formats in the corpus folders as documents of the workspace, read again only when they changed; Markdown there is the workspace's own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError, InvalidInput
from assistant.knowledge.ingest import PART, Ledger, Problem, Source
from assistant.knowledge.publish import CUT
from assistant.knowledge.sources import File, Front, Intake, Note, Reader, folder_files, front_of, read_files
from assistant.store.knowledge import WORKSPACE
from assistant.store.knowledge_life import Latest
from assistant.workspace.model import LEVEL_FOLDERS, Workspace
from assistant.workspace.source import Report, read_text, read_yaml

CORPUS = "corpus"
SIDE, DEFAULTS = ".yaml", "_defaults.yaml"
# raised when files are read differently, so that each is read anew
_READ = 1


@dataclass(frozen=True, slots=True)
class Corpus:
    """What the folders hold beside Markdown: documents that are new or changed, and the variants that stay as stored because their file did not change."""

    documents: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    paths: frozenset[str] = frozenset()


def read_corpus(workspace: Workspace, begin: Callable[[], tuple[Reader, Ledger]]) -> Corpus:
    """Every file that is no Markdown; one that cannot be read is a problem and stops nothing.

    `begin` gives how to read (its `known` are the ids that paths have already) and what is stored; a corpus of Markdown alone never asks.
    """
    if not any(_listed(workspace.root / CORPUS / folder, "") != ([], ()) for folder in LEVEL_FOLDERS):
        return Corpus()
    reader, ledger = begin()
    names = _stamp(workspace)
    taken = {(each.id, each.language): each.path for each in workspace.documents}
    known = {**reader.known, **{each.path: each.id for each in workspace.documents}}
    found = Corpus()
    for folder, level in LEVEL_FOLDERS.items():
        listed, links = _listed(workspace.root / CORPUS / folder, f"{CORPUS}/{folder}", reader.most)
        found = replace(found, problems=found.problems + links)
        try:
            defaults = _front(workspace.root, f"{CORPUS}/{folder}/{DEFAULTS}", reader)
        except AssistantError as error:
            found = replace(found, problems=(*found.problems, Problem(f"{CORPUS}/{folder}/{DEFAULTS}", error.message, error.code)))
            continue
        for file in listed:
            found = _taken(found, file, _One(workspace.root, replace(reader, known=known), ledger, names), intake=_intake(level, defaults), taken=taken)
            known |= {source.row.path: source.row.id for source in found.documents}
    return found


@dataclass(frozen=True, slots=True)
class _One:
    """What reading one file needs."""

    root: Path
    reader: Reader
    ledger: Ledger
    names: str


def _listed(place: Path, shown: str, most: int = 0) -> tuple[list[File], tuple[Problem, ...]]:
    """The files directly in a folder that are neither Markdown nor say something about another file, and what is not read there."""
    if not place.is_dir():
        return [], ()
    files, problems = folder_files(place, most=most)
    there = {file.path for file in files}
    own, strays = [], [replace(each, where=f"{shown}/{each.where}") for each in problems]
    for file in files:
        if "/" in file.path:
            strays.append(
                Problem(f"{shown}/{file.path}", "folders below this one are not read; `assistant kb add FOLDER` reads one with all below it", "stray")
            )
        elif file.path != DEFAULTS and not file.path.endswith(".md") and file.path.removesuffix(SIDE) not in there - {file.path}:
            own.append(File(f"{shown}/{file.path}", file.data))
    return own, tuple(strays)


def _taken(found: Corpus, file: File, one: _One, *, intake: Intake, taken: dict[tuple[str, str], str]) -> Corpus:
    """One file more: its stored documents when nothing about it changed, else what it says now."""
    try:
        data = file.data()
        beside = _front(one.root, f"{file.path}{SIDE}", one.reader)
        print_ = _Print(hashlib.sha256(data).hexdigest(), repr((beside, intake)), one.names)
        kept = _unchanged(file.path, print_, one.ledger)
        if kept:
            return replace(found, kept=(*found.kept, *kept), paths=found.paths | {file.path})
        reader = replace(one.reader, origin=WORKSPACE, beside=beside)
        read = read_files([File(file.path, lambda: data)], reader, intake=intake)
    except OSError as error:
        return replace(found, problems=(*found.problems, Problem(file.path, error.strerror or "cannot be read", "unreadable")))
    except AssistantError as error:
        return replace(found, problems=(*found.problems, Problem(file.path, error.message, error.code)))
    documents, problems = [], list(read.problems)
    for source in read.documents:
        row = source.row
        other = taken.setdefault((row.id, row.language), row.path)
        if other != row.path:
            problems.append(Problem(row.path, f"the id {row.id!r} is taken by {other} in the same language; give another in {file.path}{SIDE}", "taken"))
        else:
            documents.append(replace(source, row=replace(row, hash=print_.of(row.path))))
    return replace(found, documents=(*found.documents, *documents), notes=found.notes + read.notes, problems=(*found.problems, *problems))


@dataclass(frozen=True, slots=True)
class _Print:
    """All that decides what a file says, without reading it: its bytes, what is said about it, the names that its products are known by."""

    digest: str
    said: str
    names: str

    def of(self, path: str) -> str:
        return hashlib.sha256(json.dumps([_READ, self.digest, self.said, self.names, path]).encode("utf-8", "replace")).hexdigest()


def _unchanged(path: str, print_: _Print, ledger: Ledger) -> tuple[tuple[str, str], ...]:
    """The stored variants of a file when all of them answer to it as it is, and none waits to be cut or embedded anew."""
    own = {key: known for key, known in ledger.latest.items() if known.origin == WORKSPACE and known.path.partition(PART)[0] == path}
    whole = all(_whole(key, known, ledger) and known.source == print_.of(known.path) for key, known in own.items())
    return tuple(own) if whole else ()


def _whole(key: tuple[str, str], known: Latest, ledger: Ledger) -> bool:
    return known.whole and not (known.live and (known.cut != CUT or key in ledger.blank))


def _intake(level: Any, front: Front) -> Intake:
    return Intake(
        level=front.level or level, audience=front.audience or "public", products=front.product, owner=front.owner, route_to=front.route_to,
        language=front.language or "", valid_from=front.valid_from, valid_until=front.valid_until,
    )  # fmt: skip


def _front(root: Path, file: str, reader: Reader) -> Front:
    """What a side file says; nothing when there is none. Raises InvalidInput for a broken one."""
    if not (root / file).is_file():
        return Front()
    if not (root / file).resolve().is_relative_to(root.resolve()):
        raise InvalidInput(f"{file} leads out of the workspace", code="link")
    report = Report()
    text = read_text(root / file, file, report) or ""
    node = read_yaml(text, file, report)
    if node is None and not report.problems:
        return Front()
    return front_of(node, file, reader, report=report)


def _stamp(workspace: Workspace) -> str:
    """The catalogue's names of products."""
    products: Mapping[str, Any] = workspace.catalog.products
    said = sorted((sku, sorted(product.name.items()), sorted(map(str, product.words))) for sku, product in products.items())
    return hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()

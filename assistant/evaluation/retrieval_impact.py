"""What a change of a document would do: gathers what it touches and asks the questions again over a copy with the change; nothing goes live."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from assistant.clock import FrozenClock
from assistant.errors import InvalidInput, NotFound
from assistant.evaluation.retrieval_run import all_cases, bench, labelled_files
from assistant.evaluation.retrieval_state import State
from assistant.knowledge.base import Knowledge
from assistant.knowledge.cases import LANGUAGES, Case
from assistant.knowledge.fit import Bench
from assistant.knowledge.impact import Impact, impact
from assistant.knowledge.publish import document_sections, embedded_text, section_hash, stored_sections
from assistant.knowledge.search import HybridRetriever
from assistant.knowledge.vectors import embed, stamp
from assistant.store import knowledge as kb
from assistant.store import knowledge_life as life
from assistant.store.engine import open_store
from assistant.store.knowledge import DocumentRow, SectionRow
from assistant.store.lookback import answers_since
from assistant.text.script import detect_language
from assistant.workspace.scenario import read_scenario

Variant = tuple[DocumentRow, tuple[SectionRow, ...]]


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """A question whose best section is another one, or says something else, with the change. "" = nothing is found."""

    question: str
    before: str
    after: str


def measure(
    state: State, document: str, *, days: int, file: Path | None = None, text: str = "", retire: bool = False, again: bool = False
) -> tuple[Impact, tuple[AskedAgain, ...]]:
    """What the planned change of a document touches: its retirement, `text` or that of `file`, its newest draft, or its file in the workspace.

    With `again`, the touched questions are asked with and without the change. Raises NotFound for a document that is not live.
    """
    snapshot = state.knowledge.snapshot()
    rows = tuple(row for row in snapshot.documents if row.id == document)
    if not rows:
        raise NotFound(f"no live document is called {document!r}")
    old = tuple(section for section in snapshot.sections if section.document == document)
    text = text or (_text(file) if file else "")
    planned = () if retire else _planned(state, rows, old, text=text, language=_language(file.stem if file else "", text, rows) if text else "")
    new = tuple(section for _, sections in planned for section in sections)
    since = state.now - timedelta(days=days)
    told = state.store.read_now(lambda conn: answers_since(conn, since, tenant=state.knowledge.tenant))
    cases = [*_labelled(state.workspace.root), *_expected(state.workspace.root)]
    found = impact(document, old=old, new=new, told=told, cases=cases)
    if not again:
        return found, ()
    questions = dict.fromkeys([*(each.question for each in found.answers), *(each.question for each in found.cases)])
    with changed(state, document, planned) as after:
        return found, _asked_again(bench(state.knowledge), after, list(questions), state)


def _planned(state: State, rows: Sequence[DocumentRow], old: Sequence[SectionRow], *, text: str, language: str) -> tuple[Variant, ...]:
    """Each variant as it would be, that in `language` with `text`; one without a planned change as it is."""
    names, workspace = state.knowledge.names, state.workspace
    drafts = {} if text else {v.row.language: v for v in _drafts(state, rows[0].id)}
    bodies = {each.language: each for each in workspace.documents if each.id == rows[0].id}
    found: list[Variant] = []
    for row in rows:
        own = tuple(section for section in old if section.language == row.language)
        next_row = replace(row, version=row.version + 1)
        if row.language == language:
            own = document_sections(next_row, text, line=1, names=names)
        elif row.language in drafts:
            next_row, own = drafts[row.language].row, stored_sections(drafts[row.language], names)
        elif not text and row.language in bodies and row.origin == kb.WORKSPACE:
            own = document_sections(next_row, bodies[row.language].body, line=bodies[row.language].body_line, names=names)
        found.append((next_row, own))
    return tuple(found)


def _drafts(state: State, document: str) -> list[life.VersionRow]:
    versions = state.store.read_now(lambda conn: life.list_versions(conn, tenant=state.knowledge.tenant, document=document))
    return sorted((each for each in versions if each.row.state in (life.DRAFT, life.REVIEW)), key=lambda each: each.row.version)


def _text(file: Path) -> str:
    """A Markdown file without its front matter."""
    try:
        text = file.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{file} cannot be read: {error}") from error
    head, mark, rest = text.removeprefix("---\n").partition("\n---\n")
    body = rest if mark and text.startswith("---\n") and head else text
    if not body.strip():
        raise InvalidInput(f"{file} holds no text; --retire shows what its absence would touch", code="empty")
    return body


def _language(stem: str, text: str, rows: Sequence[DocumentRow]) -> str:
    """The variant a text is: by its file's name, the only one there is, or by its words."""
    named = stem.rpartition(".")[2]
    if any(row.language == named for row in rows):
        return named
    if len(rows) == 1:
        return rows[0].language
    return "en" if detect_language(text[:2000], sticky="en") == "en" else "zh"


def _labelled(root: Path) -> Iterator[tuple[str, Case]]:
    for path in labelled_files(root):
        for case in all_cases(path):
            yield path.relative_to(root).as_posix(), case


def _expected(root: Path) -> Iterator[tuple[str, Case]]:
    """The turns of scenarios that want a document cited, as cases without strings."""
    for path in sorted((root / "evals" / "scenarios").rglob("*.yaml")):
        scenario, _ = read_scenario(path)
        if scenario is None:
            continue
        for number, turn in enumerate(scenario.turns, 1):
            expected = turn.expect.citations if turn.expect else ()
            documents = tuple(name for each in expected for name in each.partition("#")[0].split("|"))
            if documents and turn.say:
                language = LANGUAGES[turn.language or scenario.language]
                yield path.relative_to(root).as_posix(), Case(f"{scenario.id}.{number}", turn.say, language, documents)


@contextmanager
def changed(state: State, document: str, planned: Sequence[Variant]) -> Iterator[Bench]:
    """The live documents with `planned` in place of a document's variants, over a state that is removed afterwards."""
    snapshot, encoder, tenant = state.knowledge.snapshot(), state.knowledge.encoder, state.knowledge.tenant
    held = {digest: snapshot.matrix[row].tobytes() for row, digest in enumerate(snapshot.hashes)}
    texts: dict[str, str] = {}
    every: list[Variant] = [(row, ()) for row in snapshot.documents if row.id != document]
    own: dict[tuple[str, str], list[SectionRow]] = {}
    for section in snapshot.sections:
        own.setdefault((section.document, section.language), []).append(section)
    every = [(row, tuple(own.get((row.id, row.language), ()))) for row, _ in every]
    for row, sections in planned:
        pieces = []
        for section in sections:
            chunks = embedded_text(section, row.title)
            texts.update((chunk.hash, text) for chunk, text in chunks if chunk.hash not in held)
            pieces.append(replace(section, version=row.version, hash=section_hash(section), chunks=tuple(chunk for chunk, _ in chunks)))
        every.append((replace(row, state=life.LIVE), tuple(pieces)))
    vectors = {**held, **embed(encoder, texts)}
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "state.db") as store:

        def write(conn: Any) -> None:
            kb.add_vectors(conn, vectors, tenant=tenant, encoder=stamp(encoder))
            for row, sections in every:
                kb.publish(conn, row, tenant=tenant, pieces=sections, new_vectors={}, encoder=stamp(encoder))

        store.write_now(write)
        knowledge = Knowledge(store, state.workspace, encoder, state=Path(folder), clock=FrozenClock(state.now))
        yield bench(knowledge)


def _asked_again(before: Bench, after: Bench, questions: Sequence[str], state: State) -> tuple[AskedAgain, ...]:
    found = []
    for question in questions:
        was, now = (_best(live, question, state) for live in (before, after))
        if was != now:
            found.append(AskedAgain(question, was[0], now[0]))
    return tuple(found)


def _best(live: Bench, question: str, state: State) -> tuple[str, str]:
    result = HybridRetriever(live).find(question, language=detect_language(question, sticky="en"), scope=state.scope, k=1)
    if result is None or not result.hits:
        return "", ""
    section = result.hits[0].section
    return f"{section.document}#{section.id}", section.text

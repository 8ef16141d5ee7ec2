"""A workspace's state opened for the test bench: its documents brought in, its stored conversations at hand; nobody is served from it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from assistant.clock import FrozenClock, SystemClock
from assistant.config import Config
from assistant.errors import Conflict, InvalidInput, NotFound
from assistant.knowledge.base import Knowledge
from assistant.knowledge.beside import AT_ONCE
from assistant.knowledge.encoders import company_encoder
from assistant.knowledge.explain import Explanation
from assistant.knowledge.learning import Cluster, Proof, Suggestion, approve, cluster_gaps, edited, suggest
from assistant.knowledge.publish import Records, Writing
from assistant.knowledge.redact import Redactor
from assistant.ports import Clock, Encoder
from assistant.store.audit import AuditEntry, append_audit
from assistant.store.engine import SqlStore, open_store
from assistant.store.gaps import Gap, close_gap, open_gaps
from assistant.store.lookback import personal_words, talks_since
from assistant.store.settings import business_time
from assistant.text.script import detect_language
from assistant.types import Scope
from assistant.understanding.safety import personal_spans
from assistant.workspace.load import load_workspace
from assistant.workspace.model import Workspace

MOST_GAPS = 5000
_SHORT = {"zh-Hans": "zh", "zh-Hant": "zh-Hant", "en": "en"}


@dataclass(frozen=True, slots=True)
class State:
    """A workspace with its stored state at one instant of business time."""

    workspace: Workspace
    store: Records
    knowledge: Knowledge
    now: datetime

    @property
    def scope(self) -> Scope:
        """What a customer may see now."""
        return Scope("public", self.now)


def encoder(workspace: Workspace, config: Config) -> Encoder:
    """The encoder behind search of a workspace, loaded once a process. Raises ConfigError, BackendUnavailable."""
    chosen = workspace.settings.knowledge
    return _loaded(chosen.encoder, chosen.encoder_url, chosen.encoder_key_env, config)


@lru_cache(maxsize=4)
def _loaded(encoder: str, encoder_url: str, encoder_key_env: str, given: Config) -> Encoder:
    return company_encoder(SimpleNamespace(encoder=encoder, encoder_url=encoder_url, encoder_key_env=encoder_key_env), given)


@contextmanager
def opened(config: Config) -> Iterator[State]:
    """The state of a configuration. Raises ConfigError, BackendUnavailable."""
    workspace = load_workspace(config.workspace)
    with open_store(config.state / "assistant.db") as store:
        clock = _clock(config, workspace, store)
        knowledge = Knowledge(store, workspace, encoder(workspace, config), state=config.state, clock=clock)
        if knowledge.second is not None:
            knowledge.second.patience = AT_ONCE
        try:
            knowledge.sync()
            yield State(workspace, store, knowledge, clock.now())
        finally:
            knowledge.close()


@contextmanager
def serving(knowledge: Knowledge) -> Iterator[State]:
    """The state of a process that serves these documents, at this moment."""
    library = knowledge.library("bench")
    yield State(library.workspace, library.store, knowledge, library.clock.now())


def _clock(config: Config, workspace: Workspace, store: SqlStore) -> Clock:
    """The time given, a demonstration's newest, or the machine's."""
    if config.clock is not None:
        return FrozenClock(config.clock)
    start = workspace.settings.clock.start
    if start is None:
        return SystemClock()
    stored = store.read_now(lambda conn: business_time(conn, tenant=workspace.settings.workspace.id))
    return FrozenClock(max(start, stored) if stored else start)


def instant_of(workspace: Workspace) -> datetime:
    """The instant at which a workspace's documents are valid without a state: its demonstration's start, or now."""
    return workspace.settings.clock.start or SystemClock().now()


def gaps_of(state: State) -> tuple[Gap, ...]:
    """The questions that wait for a document."""
    return state.store.read_now(lambda conn: open_gaps(conn, tenant=state.knowledge.tenant, limit=MOST_GAPS))


def clusters_of(state: State) -> tuple[Cluster, ...]:
    """The open questions by meaning, with names and numbers taken out of what is shown."""
    redact = redactor_of(state)
    found = cluster_gaps(gaps_of(state), state.knowledge.encoder, state.knowledge.names, state.knowledge.concepts)
    return tuple(replace(each, question=redact(each.question).text, examples=tuple(redact(text).text for text in each.examples)) for each in found)


def redactor_of(state: State) -> Redactor:
    """Takes out what the state knows of persons, and whatever looks like it."""
    words = state.store.read_now(lambda conn: personal_words(conn, tenant=state.knowledge.tenant))
    return Redactor(words, personal_spans)


def suggestions_of(state: State, days: int) -> tuple[Suggestion, ...]:
    """What colleagues' answers of the last days suggest to write down."""
    since = state.now - timedelta(days=days)
    talks = state.store.read_now(lambda conn: talks_since(conn, since, tenant=state.knowledge.tenant))
    held = state.knowledge
    return suggest(gaps_of(state), talks, held.encoder, held.names, concepts=held.concepts, redact=redactor_of(state))


def approved(state: State, name: str, *, by: str, days: int, question: str = "", answer: str = "") -> Proof:
    """Publishes a suggestion, in other words where they are given, and closes the open questions that now find it. Raises NotFound, InvalidInput."""
    if not by.strip():
        raise InvalidInput("say who approves it", code="nobody")
    entry = edited(_suggestion(state, name, days), question=question, answer=answer)
    texts = {gap.id: gap.text for gap in gaps_of(state) if gap.id in entry.gaps}
    writing = Writing(state.store, state.knowledge.encoder, state.knowledge.tenant, state.now, by)
    proof = approve(state.knowledge, writing, entry, asked=texts)
    _close(state, proof.closed, AuditEntry("faq.approved", by, {"entry": entry.id, "document": proof.document}, state.now))
    return proof


def rejected(state: State, name: str, *, by: str, days: int) -> tuple[str, ...]:
    """Closes the open questions of a suggestion without writing anything. Raises NotFound, InvalidInput."""
    if not by.strip():
        raise InvalidInput("say who rejects it", code="nobody")
    entry = _suggestion(state, name, days)
    _close(state, entry.gaps, AuditEntry("faq.rejected", by, {"entry": entry.id}, state.now))
    return entry.gaps


def _suggestion(state: State, name: str, days: int) -> Suggestion:
    found = next((each for each in suggestions_of(state, days) if each.id == name), None)
    if found is None:
        raise NotFound(f"there is no suggestion {name!r}")
    return found


def _close(state: State, gaps: Sequence[str], entry: AuditEntry) -> None:
    tenant = state.knowledge.tenant

    def write(conn: Any) -> None:
        for gap in gaps:
            close_gap(conn, gap, tenant=tenant, now=state.now)
        append_audit(conn, [entry], tenant=tenant)

    state.store.write_now(write)


def case_of(found: Explanation, right: Sequence[int], *, name: str) -> dict[str, object]:
    """A question as a labelled case: the passages at these places answer it. Raises InvalidInput for a place without a passage."""
    chosen = [each for each in found.passages if each.place in right]
    if len(chosen) != len(set(right)) or not chosen:
        raise InvalidInput(f"passages are numbered 1 to {len(found.passages)}", code="no_such_passage")
    return {
        "id": name,
        "split": "dev",
        "lang": _SHORT[detect_language(found.question, sticky="en")],
        "question": found.question,
        "document": list(dict.fromkeys(each.passage.document for each in chosen)),
        "section": list(dict.fromkeys(each.passage.id for each in chosen)),
        "answer": [],
    }


def saved(root: Path, case: Mapping[str, object], *, file: str = "saved") -> Path:
    """Adds a case to `evals/data/retrieval/<file>.jsonl`. Raises Conflict when a case of that id is there, InvalidInput for a name that leads elsewhere."""
    if not file.replace("-", "").replace("_", "").isalnum():
        raise InvalidInput(f"{file!r} is no plain file name", code="bad_name")
    path = root / "evals" / "data" / "retrieval" / f"{file}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    held = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    if any(json.loads(line).get("id") == case["id"] for line in held if line.strip()):
        raise Conflict(f"{path} has a case {case['id']!r} already", code="exists")
    with path.open("a", encoding="utf-8") as out:
        out.write(json.dumps(case, ensure_ascii=False) + "\n")
    return path

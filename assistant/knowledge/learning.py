"""What is missing and what people answered: open questions by meaning, colleagues' answers as suggested entries, and their way into the documents.

Nothing goes live by itself: an entry is approved by a named person, and the questions that led to it prove that it is found.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.errors import InvalidInput
from assistant.knowledge.concepts import Concepts
from assistant.knowledge.grouping import NEAR, groups
from assistant.knowledge.ingest import bring, document_source
from assistant.knowledge.mentions import Names
from assistant.knowledge.publish import Writing
from assistant.knowledge.redact import MARK, Redacted
from assistant.knowledge.terms import is_content, terms
from assistant.ports import Encoder
from assistant.store.gaps import Gap
from assistant.store.lookback import Spoken
from assistant.text.script import detect_language
from assistant.types import Language, Scope
from assistant.workspace.model import Document

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from assistant.knowledge.base import Knowledge

EXAMPLES, STATEMENTS, WINDOW = 5, 4, 12
ORIGIN = "faq"
Redact = Callable[[str], Redacted]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Questions that ask the same. `question` is the most typical one; `examples` are different wordings of it, the typical one first."""

    id: str
    question: str
    count: int
    examples: tuple[str, ...]
    languages: Mapping[str, int]
    conversations: int
    first: datetime
    last: datetime
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entry that colleagues' answers suggest: nothing personal in it, but marks such as `[name]` where something was.

    `others` are answers given otherwise; `dated` are dates that may belong to one case; `gaps` are the open questions it would close.
    """

    id: str
    question: str
    answer: str
    language: Language
    asked: int
    examples: tuple[str, ...]
    others: tuple[str, ...]
    redacted: Mapping[str, int]
    dated: tuple[str, ...]
    sources: tuple[tuple[str, int], ...]
    gaps: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Whether it can be approved as it stands."""
        return not MARK.search(f"{self.question}\n{self.answer}")


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of an approved entry: its document, and the place (from 1) at which each question that led to it now finds it (None = not found)."""

    document: str
    version: int
    places: Mapping[str, int | None]
    closed: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether its own question finds it first."""
        return next(iter(self.places.values()), None) == 1


@dataclass(frozen=True, slots=True)
class _Pair:
    """A customer's question and what a colleague answered, each with where it stands."""

    conversation: str
    seq: int
    question: str
    answer: str
    gap: Gap | None


def cluster_gaps(gaps: Sequence[Gap], encoder: Encoder, names: Names, concepts: Concepts, *, near: float = NEAR) -> tuple[Cluster, ...]:
    """The questions grouped by meaning, in both languages together, the most frequent first. Questions about different products stay apart."""
    kept = [gap for gap in gaps if any(map(is_content, terms(gap.text)))]
    found = groups([gap.text for gap in kept], encoder, names, concepts, near=near)
    made = [_cluster([kept[n] for n in group], [kept[n].text for n in group], vectors) for group, vectors in found]
    return tuple(sorted(made, key=lambda each: (-each.count, each.first)))


def _cluster(gaps: Sequence[Gap], texts: Sequence[str], vectors: npt.NDArray[np.float32]) -> Cluster:
    ordered = _typical(texts, vectors)
    oldest = min(gaps, key=lambda gap: (gap.at, gap.id))
    tongues = Counter(gap.language for gap in gaps)
    return Cluster(
        _name("gap", oldest.id), ordered[0], len(gaps), tuple(ordered[:EXAMPLES]), dict(tongues.most_common()), len({gap.conversation_id for gap in gaps}),
        oldest.at, max(gap.at for gap in gaps), tuple(gap.id for gap in gaps),
    )  # fmt: skip


def _typical(texts: Sequence[str], vectors: npt.NDArray[np.float32]) -> list[str]:
    """Different texts, the nearest to their mean first."""
    order = (-(vectors @ vectors.mean(axis=0))).argsort(kind="stable").tolist()
    seen: dict[str, str] = {}
    for n in order:
        seen.setdefault(" ".join(texts[n].lower().split()).rstrip("?？.。!！"), texts[n])
    return list(seen.values())


def suggest(gaps: Sequence[Gap], talks: Sequence[Spoken], encoder: Encoder, names: Names, *, concepts: Concepts, redact: Redact) -> tuple[Suggestion, ...]:
    """Entries from what people answered to questions the documents left open, the most asked first."""
    pairs = list(_pairs(gaps, talks))
    answered = {pair.gap.id for pair in pairs if pair.gap}
    rest = [gap for gap in gaps if gap.id not in answered]
    texts = [*(pair.question for pair in pairs), *(gap.text for gap in rest)]
    found = []
    for group, vectors in groups(texts, encoder, names, concepts):
        mine = [pairs[n] for n in group if n < len(pairs)]
        open_now = [pairs[n].gap if n < len(pairs) else rest[n - len(pairs)] for n in group]
        if mine:
            wordings = _typical([texts[n] for n in group], vectors)
            found.append(_suggestion(mine, wordings, [gap for gap in open_now if gap], encoder, redact=redact, asked=len(group)))
    return tuple(sorted(found, key=lambda each: (-each.asked, each.id)))


def _suggestion(pairs: Sequence[_Pair], wordings: Sequence[str], gaps: Sequence[Gap], encoder: Encoder, *, redact: Redact, asked: int) -> Suggestion:
    """The answer that most others resemble, the newest of those that do equally; the wording of the question that names nobody."""
    vectors = encoder.encode([pair.answer for pair in pairs])
    order = sorted(range(len(pairs)), key=lambda n: (round(float(vectors[n] @ vectors.mean(axis=0)), 3), n), reverse=True)
    best = pairs[order[0]]
    questions = [redact(text) for text in wordings]
    question = next((each for each in questions if each.clean), questions[0])
    answer = redact(best.answer)
    others = tuple(dict.fromkeys(redact(pairs[n].answer).text for n in order[1:]))
    counts = Counter(question.counts) + Counter(answer.counts)
    return Suggestion(
        _name("faq", min(f"{pair.conversation}/{pair.seq}" for pair in pairs)), question.text, answer.text, detect_language(answer.text, sticky="en"), asked,
        tuple(each.text for each in questions[:EXAMPLES]), tuple(each for each in others if each != answer.text), dict(counts), answer.dated,
        tuple((pair.conversation, pair.seq) for pair in pairs), tuple(gap.id for gap in gaps),
    )  # fmt: skip


def _pairs(gaps: Sequence[Gap], talks: Sequence[Spoken]) -> Iterator[_Pair]:
    """Each open question of a conversation, and each question put to a person, with the statements a person made to it."""
    by_turn = {gap.turn: gap for gap in gaps}
    rooms: dict[str, list[Spoken]] = {}
    for each in talks:
        rooms.setdefault(each.conversation, []).append(each)
    for conversation, said in rooms.items():
        marked = [n for n, each in enumerate(said) if each.role == "customer" and (each.turn in by_turn or _put_to_person(said, n))]
        for at, n in enumerate(marked):
            end = marked[at + 1] if at + 1 < len(marked) else len(said)
            told = [each.text.strip() for each in said[n + 1 : min(end, n + 1 + WINDOW)] if each.role == "agent" and _states(each.text)]
            if told:
                gap = by_turn.get(said[n].turn)
                yield _Pair(conversation, said[n].seq, gap.text if gap else said[n].text, "\n\n".join(told[:STATEMENTS]), gap)


def _put_to_person(said: Sequence[Spoken], n: int) -> bool:
    """Whether a question is followed by a person before anybody else."""
    return _asks(said[n].text) and n + 1 < len(said) and said[n + 1].role == "agent"


def _asks(text: str) -> bool:
    return text.rstrip().endswith(("?", "？", "吗", "呢", "嗎"))


def _states(text: str) -> bool:
    """Whether a message says something: no question back, and more than courtesy."""
    return not _asks(text) and sum(map(is_content, set(terms(text)))) >= 3


def _name(kind: str, seed: str) -> str:
    return f"{kind}-{hashlib.sha256(seed.encode()).hexdigest()[:8]}"


def approve(knowledge: Knowledge, writing: Writing, entry: Suggestion, *, asked: Mapping[str, str] | None = None) -> Proof:
    """Publishes an entry as a document of its own and asks it the questions that led to it; `asked` are the open questions (id -> text) it may close.

    Raises InvalidInput while a mark of something personal is in it, or for an entry that says nothing.
    """
    if not entry.ready:
        raise InvalidInput("the entry still holds a mark of something personal: write it anew", code="personal")
    if not entry.question.strip() or not entry.answer.strip():
        raise InvalidInput("an entry needs a question and an answer", code="empty")
    tongue = "en" if entry.language == "en" else "zh"
    products = knowledge.names.products(f"{entry.question}\n{entry.answer}")
    title = " ".join(entry.question.split())
    document = Document(entry.id, title, "product" if products else "scene", tongue, "", f"# {title}\n\n{entry.answer.strip()}\n", 1, products=products)
    zone = knowledge.workspace.zone
    report = bring(writing, [document_source(document, names=knowledge.names, zone=zone, at=writing.at, origin=ORIGIN)], origins=())
    if report.failed or report.buried:
        raise InvalidInput(report.failed[0].reason if report.failed else f"{entry.id} was removed", code="not_published")
    knowledge.refresh()
    version = next((number for _, _, number in report.documents), 0)
    places = {text: _place(knowledge, entry.id, text, writing.at) for text in dict.fromkeys((entry.question, *entry.examples)) if not MARK.search(text)}
    closed = tuple(name for name, text in (asked or {}).items() if _place(knowledge, entry.id, text, writing.at) == 1)
    return Proof(entry.id, version, places, closed)


def _place(knowledge: Knowledge, document: str, text: str, at: datetime) -> int | None:
    found = knowledge.search(text, language=detect_language(text, sticky="en"), scope=Scope("public", at), k=10)
    return next((place for place, each in enumerate(dict.fromkeys(passage.document for passage in found), 1) if each == document), None)


def edited(entry: Suggestion, *, question: str = "", answer: str = "") -> Suggestion:
    """The entry with other words; its language is that of its answer."""
    made = replace(entry, question=question or entry.question, answer=answer or entry.answer)
    return replace(made, language=detect_language(made.answer, sticky=entry.language))

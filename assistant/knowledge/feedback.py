"""Thumbs and corrections on answers, and the labelled questions they make; they move nothing by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from assistant.errors import InvalidInput, NotFound
from assistant.knowledge.cases import Case
from assistant.knowledge.library import Library
from assistant.store import knowledge as kb
from assistant.store import knowledge_feedback as store
from assistant.store.knowledge_feedback import Feedback, Judged
from assistant.text.script import detect_language

LONGEST = 2000
CUSTOMER = "customer"
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Collected:
    """What feedback says: labelled questions, and questions whose answer was found bad while nobody said what is right."""

    cases: tuple[Case, ...]
    open: tuple[tuple[str, str], ...]
    up: int
    down: int
    corrections: int


def give(library: Library, turn: str, *, thumb: int, right: str = "", text: str = "", conversation: str = "") -> Feedback:
    """Keeps what `library.who` thinks of a turn's answer: a thumb (1, -1, 0 = none), and where the right one stands as `document#section` or `document`.

    `conversation` is the one it must belong to, where that is known. Raises NotFound, InvalidInput for a place that is not live or a word too long.
    """
    if thumb not in (-1, 0, 1) or not (thumb or right or text):
        raise InvalidInput("a thumb is up or down, or a place or a text is given", code="empty")
    if len(text) > LONGEST:
        raise InvalidInput(f"at most {LONGEST} characters", code="too_long")
    document, _, section = right.partition("#")
    if document:
        _refuse_unknown(library, document, section)

    def write(conn: Any) -> Feedback:
        own = conversation or store.conversation_of(conn, turn, tenant=library.tenant)
        given = Feedback(turn, own, library.who, thumb, library.clock.now(), document, section, text)
        store.save_feedback(conn, given, tenant=library.tenant)
        return given

    return library.store.write_now(write)


def _refuse_unknown(library: Library, document: str, section: str) -> None:
    rows = library.store.read_now(lambda conn: kb.live_documents(conn, tenant=library.tenant, ids=[document]))
    if not rows:
        raise NotFound(f"no live document {document!r}")
    held = library.store.read_now(lambda conn: kb.live_sections(conn, tenant=library.tenant, keys=[(row.id, row.language) for row in rows]))
    if section and section not in {each.id for each in held}:
        raise NotFound(f"no section {section!r} in {document}; there are: {', '.join(each.id for each in held[:20])}")


def collected(library: Library, *, days: int) -> Collected:
    """The feedback of the last days as labelled questions. A correction goes before thumbs; thumbs that contradict each other say nothing."""
    since = library.clock.now() - timedelta(days=days)
    given = library.store.read_now(lambda conn: store.feedback_since(conn, since, tenant=library.tenant))
    by_turn: dict[str, list[Judged]] = {}
    for each in given:
        by_turn.setdefault(each.feedback.turn, []).append(each)
    found: dict[str, Case] = {}
    unsaid: dict[str, str] = {}
    for turn, mine in by_turn.items():
        case = _case(turn, mine)
        if case is not None:
            # the newest word on the same question counts
            found[_level(case.question)] = case
        elif sum(each.feedback.thumb for each in mine) < 0:
            unsaid[turn] = mine[0].question
    thumbs = [each.feedback.thumb for each in given]
    return Collected(tuple(found.values()), tuple(unsaid.items()), thumbs.count(1), thumbs.count(-1), sum(bool(each.feedback.document) for each in given))


def _case(turn: str, mine: Sequence[Judged]) -> Case | None:
    question = mine[0].question.strip()
    corrected = [each.feedback for each in mine if each.feedback.document]
    if not question:
        return None
    if corrected:
        places: list[Place] = [(corrected[-1].document, corrected[-1].section)]
    elif sum(each.feedback.thumb for each in mine) > 0:
        places = [place for place in mine[0].cited if place[0]]
    else:
        return None
    documents, sections = (tuple(dict.fromkeys(place[n] for place in places if place[n])) for n in (0, 1))
    return Case(f"feedback-{turn}", question, detect_language(question, sticky="en"), documents, sections) if documents else None


def _level(question: str) -> str:
    return " ".join(question.lower().split()).rstrip("?？.。!！")


def as_json(found: Collected) -> Mapping[str, Any]:
    """For programs."""
    cases = [{"id": each.id, "question": each.question, "document": list(each.documents), "section": list(each.sections)} for each in found.cases]
    waiting = [{"turn": turn, "question": question} for turn, question in found.open]
    return {"up": found.up, "down": found.down, "corrections": found.corrections, "cases": cases, "without_a_right_place": waiting}

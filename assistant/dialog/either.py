"""Two changes that a message may mean equally well: which of the two is asked before anything is previewed, and what the reply picks; it opens nothing."""

from __future__ import annotations

from dataclasses import replace

from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.serve import said
from assistant.dialog.state import State, Waiting
from assistant.dialog.values.fit import opens, taken
from assistant.types import Request, Slot
from assistant.understanding.intents.few import grams

UNSURE, SHARE = 0.5, 0.6  # a change less sure than the first is asked about when the second likeliest has this share of its probability
BEGINS = {"ask", "confirm", "decline", "handoff"}


def with_rival(moment: Moment, request: Request, waiting: Waiting) -> Waiting:
    """The request with the other change that its words may mean just as well."""
    name, other = moment.world.serving.get(waiting.intent, ""), moment.world.serving.get(request.runner_up, "")
    doubtful = request.confidence < UNSURE and request.runner_up_confidence >= SHARE * request.confidence
    if not doubtful or waiting.intent != request.intent or not name or not other or name == other or waiting.weighed:
        return waiting
    if not moment.spec(name).confirm or not moment.spec(other).confirm:
        return waiting
    numbered = any(slot.name == "order" for slot in waiting.slots)
    if numbered and not (opens(moment, waiting, waiting.intent) and opens(moment, waiting, request.runner_up)):
        return waiting
    as_likely = request.runner_up_confidence >= request.confidence
    if not as_likely and taken(moment, name, request.slots) != taken(moment, other, request.slots):
        return waiting
    return replace(waiting, rival=request.runner_up)


def which_of_two(moment: Moment, state: State, waiting: Waiting, decision: Decision) -> tuple[State, Decision] | None:
    """The question which of the two is meant, instead of the decision that one of them has begun with; None when only one may be meant."""
    name, other = moment.world.serving.get(waiting.intent, ""), moment.world.serving.get(waiting.rival, "")
    if not other or decision.procedure != name or decision.action not in BEGINS:
        return None
    titles = [moment.world.wording.pick(moment.spec(each).title, moment.language) for each in (name, other)]
    both = (replace(waiting, rival=""), replace(waiting, intent=waiting.rival, rival=""))
    return replace(state, between=both), Decision("ask", (said(moment, "which_change", options=titles),), waiting.intent, "unclear", waiting.confidence)


def picked(moment: Moment) -> Waiting | None:
    """The one of two changes that the reply picks: by its place, by what it asks for, or by a word of what only one of them is called."""
    between = moment.state.between
    if len(between) != len(("this", "that")):
        return None
    at = _place(moment)
    if at is None:
        return None
    mine = tuple(slot for slot in moment.reading.slots if slot.name != "option")
    names = {slot.name for slot in mine}
    kept = tuple(slot for slot in between[at].slots if slot.name not in names)
    return replace(between[at], slots=(*kept, *mine), confidence=1.0)


def _place(moment: Moment) -> int | None:
    between, reading = moment.state.between, moment.reading
    for slot in reading.slots:
        if slot.name == "option" and slot.value in (1, 2, -1):
            return 0 if slot.value == 1 else 1
    asked = [request.intent for request in reading.requests if request.accepted]
    for at, waiting in enumerate(between):
        if waiting.intent in asked:
            return at
    words = set(grams(reading.text))
    called = [_called(moment, waiting) for waiting in between]
    alone = [len(words & (called[at] - called[1 - at])) for at in range(len(called))]
    if asked and not _brief(reading.slots, reading.text):
        return None
    return alone.index(max(alone)) if max(alone) and min(alone) == 0 else None


def _called(moment: Moment, waiting: Waiting) -> set[str]:
    spec = moment.spec(moment.world.serving[waiting.intent])
    ticket = moment.world.workspace.tickets.get(spec.ticket)
    return {word for text in (*spec.title.values(), *(ticket.name.values() if ticket else ())) for word in grams(text)}


def _brief(slots: tuple[Slot, ...], text: str) -> bool:
    return not slots and len(text) <= len("the collection at your yard please")

"""The honest no of the documents, with what comes nearest quoted as that and no more; and of what lies outside of them altogether. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.question import Question
from assistant.dialog.state import State, Waiting
from assistant.types import Answer, Json, Sentence
from assistant.understanding.questions import asks

# from which support on a quote is shown to a question that reads like nothing of ours: nine of ten such questions have none
OUTSIDE_NEAR = 0.3


def abstain(moment: Moment, request: Waiting, question: Question, near: Answer | None = None) -> Decision:
    """The honest no, recorded as a gap; with what comes nearest, said to be no more than that."""
    gap: Mapping[str, Json] = {"question": question.standalone, "language": question.language, "intent": request.intent}
    told = (_said(moment, "nearest"), *near.sentences, _said(moment, "offer_person")) if near else (_said(moment, "abstain"),)
    return Decision("decline", told, request.intent, "no_source", request.confidence, answer=near, events=(("gap.recorded", gap),))


def outside(moment: Moment, state: State, request: Waiting, key: str, question: Question) -> tuple[State, Decision]:
    """The text that declines what is not ours; where the documents come near to the question after all, their quote with the offer of a person."""
    near = moment.known.nearest(replace(question, intent="")) if asks(request.text) else None
    if near is not None and near.support >= OUTSIDE_NEAR:
        return replace(state, offer="person"), abstain(moment, request, question, near=near)
    return state, Decision("decline", (_said(moment, key),), request.intent, "out_of_scope", request.confidence)


def _said(moment: Moment, key: str) -> Sentence:
    return Sentence(moment.world.wording.say(key, moment.language))

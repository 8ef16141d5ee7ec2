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

NEAREST = "nearest"  # why a quote is told
PASSAGE = "passage"  # the kind of an answer in a document's words
# from which support on a quote is shown to words that may be no question to the documents at all: one that reads like nothing of ours, where nine of ten
# have none, or one that a procedure is opened for
LIKELY = 0.3


def abstain(moment: Moment, request: Waiting, question: Question, near: Answer | None = None) -> Decision:
    """The honest no, recorded as a gap; with what comes nearest, said to be no more than that."""
    gap: Mapping[str, Json] = {"question": question.standalone, "language": question.language, "intent": request.intent}
    told = (*quoted(moment, near), _said(moment, "offer_person")) if near else (_said(moment, "abstain"),)
    return Decision("decline", told, request.intent, "no_source", request.confidence, answer=near, events=(("gap.recorded", gap),))


def outside(moment: Moment, state: State, request: Waiting, key: str, question: Question) -> tuple[State, Decision]:
    """The text that declines what is not ours; where the documents come near to the question after all, their quote with the offer of a person."""
    near = moment.known.nearest(replace(question, intent="")) if asks(request.text) else None
    if near is not None and near.support >= LIKELY:
        return replace(state, offer="person"), abstain(moment, request, question, near=near)
    # what is asked and declined may be what the documents lack: people see it among the gaps
    gap: Mapping[str, Json] = {"question": question.standalone, "language": question.language, "intent": request.intent}
    events = (("gap.recorded", gap),) if asks(request.text) else ()
    return state, Decision("decline", (_said(moment, key),), request.intent, "out_of_scope", request.confidence, events=events)


def passage_of(answer: Answer) -> Answer | None:
    """An answer that was put together from a document, to be quoted as what comes near; None for a fact, which is told as one or not at all."""
    return answer if answer.kind == PASSAGE else None


def quoted(moment: Moment, near: Answer) -> tuple[Sentence, ...]:
    """What comes nearest, said to be no direct answer."""
    return (_said(moment, "nearest"), *near.sentences)


def beside(moment: Moment, near: Answer | None) -> Decision | None:
    """A quote in front of the question that a procedure asks; None when nothing comes near."""
    if near is None or near.support < LIKELY:
        return None
    return Decision("reply", quoted(moment, near), "policy.question", NEAREST, near.support, answer=near)


def _said(moment: Moment, key: str) -> Sentence:
    return Sentence(moment.world.wording.say(key, moment.language))

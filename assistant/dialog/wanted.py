"""Whether a recognised change is asked for at all: what is forbidden, told, asked about, put off or excepted is none, and what becomes of it instead; pure."""

from __future__ import annotations

from dataclasses import replace

from assistant.dialog.asked.looks import plain_look
from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.serve import said
from assistant.dialog.state import Waiting
from assistant.dialog.values.lines import WHOLE
from assistant.understanding.calling import refuses_call, tells_of_call
from assistant.understanding.forbidding import deferred, excepted, forbids, pondered, refused_next, sound, supposed, tells, wishes_otherwise
from assistant.understanding.intents.weighing import bids
from assistant.understanding.slots.lexicon import plain
from assistant.understanding.yesno.acts import acts_of

CALL_BACK = "human.callback"
NOT_OFFERED = "not_offered"
_HURT = frozenset({"claim"})
_DAYS = frozenset({"date", "shift"})

Wanted = tuple[tuple[Decision, ...], Waiting | None]


def wanted(moment: Moment, asked: Waiting) -> Wanted:
    """A request as it is meant: a change that is forbidden is none, and is said to be none; one that is only told or asked about is a look at the order;
    one that is wished later or on a condition is not done by itself, and what it would mean is told."""
    name = moment.world.serving.get(asked.intent, "")
    if asked.intent == CALL_BACK and (refuses_call(asked.text) or tells_of_call(asked.text)):
        # a call-back needs no yes: what is read as a wish for one must be one
        return _denied(moment, asked) if refuses_call(asked.text) else _regretted(moment, asked)
    if not name or not moment.spec(name).confirm or asked.weighed:
        return (), asked
    spec = moment.spec(name)
    acts = acts_of(" ".join(spec.title.values()))
    if acts.groups & _HURT and sound(asked.text):
        return _denied(moment, asked)
    if spec.tool in WHOLE and wishes_otherwise(asked.text) and not any(slot.name in _DAYS for slot in asked.slots):
        text = (said(moment, "not_offered"), said(moment, "offer_person"))
        return (Decision("decline", text, asked.intent, NOT_OFFERED, asked.confidence),), None
    if pondered(asked.text) and not bids(asked.text):
        return (), replace(asked, weighed=asked.intent)
    if forbids(asked.text) or refused_next(asked.text, _behind(moment, asked)):
        return _denied(moment, asked)
    if supposed(asked.text) and not bids(asked.text):
        return (), replace(asked, weighed=asked.intent)
    if "order" in spec.slots and deferred(asked.text):
        told = Decision("reply", (said(moment, "not_by_itself"),), asked.intent, "deferred", asked.confidence)
        return (told,), replace(asked, weighed=asked.intent) if acts.named.search(plain(asked.text)) else None
    if tells(asked.text) and "order" in spec.slots:
        return (), replace(asked, intent=plain_look(moment))
    # an order that is named behind "everything but" is the one that is not meant
    out = excepted(asked.text)
    return (), replace(asked, slots=tuple(slot for slot in asked.slots if slot.name != "order" or slot.text not in out)) if out else asked


def _behind(moment: Moment, asked: Waiting) -> str:
    """What the message says behind the words of a request."""
    return moment.reading.text.partition(asked.text)[2]


def _denied(moment: Moment, asked: Waiting) -> Wanted:
    return (Decision("reply", (said(moment, "dropped"),), asked.intent, "cancelled", asked.confidence),), None


def _regretted(moment: Moment, asked: Waiting) -> Wanted:
    """What is told of a call that nobody made: an apology and the offer of a person."""
    return (Decision("reply", (said(moment, "apology"), said(moment, "offer_person")), asked.intent, "told", asked.confidence),), None

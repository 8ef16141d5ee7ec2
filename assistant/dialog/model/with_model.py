"""A turn with a language model beside the built-in engine: where the reading is unsure it may read again, and where documents answer it may word the answer.

Whatever a model does or fails to do, the turn is decided by the same code from the same kinds of values, and ends within its time.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from assistant.dialog.act import Acted
from assistant.dialog.model.compose import HISTORY, compose
from assistant.dialog.model.material import earlier_text, said_before
from assistant.dialog.model.models import Models, open_account
from assistant.dialog.model.reread import Plausible, proposed, reread, unsure
from assistant.dialog.moment import Moment
from assistant.dialog.parts import Parts
from assistant.errors import AssistantError
from assistant.llm.agent import Proposal
from assistant.llm.route import Visit
from assistant.store.log import latest_events
from assistant.store.usage import day_of
from assistant.tools.gate import Seat
from assistant.types import Reading

_log = logging.getLogger("assistant.models")
Decide = Callable[[Moment], Awaitable[Acted]]


async def with_model(parts: Parts, models: Models, visit: Visit, seat: Seat, moment: Moment, decide: Decide) -> tuple[Moment, Acted]:
    """The moment as it was read in the end, and what was done. Whoever made `visit` closes its account when the turn's use is stored."""
    if models.route.serves("read") and unsure(moment):
        moment = await _read_again(parts, models, seat, moment, visit)
    acted = await decide(moment)
    composed = await compose(parts, models, seat, moment, acted, visit)
    held_back = composed.blocked
    if composed.proposal is not None:
        reading = await _proposed(parts, moment, composed.proposal)
        if reading is not None:
            moment = replace(moment, reading=reading)
            composed = replace(composed, acted=await decide(moment))
    return moment, replace(composed.acted, uses=tuple(visit.uses), held_back=held_back)


async def _proposed(parts: Parts, moment: Moment, proposal: Proposal) -> Reading | None:
    try:
        meant = await _plausible(parts)((moment.reading.text,))
        return proposed(moment, proposal, meant=meant, read_slots=parts.reader.read_slots)
    except Exception:
        _log.exception("what a model proposed could not be taken")
        return None


def _plausible(parts: Parts) -> Plausible:
    return lambda texts: parts.run(parts.reader.plausible, texts)


async def _read_again(parts: Parts, models: Models, seat: Seat, moment: Moment, visit: Visit) -> Moment:
    try:
        await open_account(models, visit, parts.store, seat.conversation_id, day=day_of(moment.now), tenant=parts.tenant)
        conversation = seat.conversation_id
        events = await parts.store.read(lambda conn: latest_events(conn, conversation, count=HISTORY))
        earlier = earlier_text(said_before(events, message_id=moment.message_id))
        reading = await reread(models, visit, moment, earlier=earlier, read_slots=parts.reader.read_slots, plausible=_plausible(parts))
        return replace(moment, reading=reading)
    except AssistantError as fault:
        _log.warning("no model read the message of conversation %s: %s", seat.conversation_id, fault.code)
        return moment
    except Exception:
        _log.exception("what a model read in conversation %s could not be taken", seat.conversation_id)
        return moment

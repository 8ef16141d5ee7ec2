"""Takes back the last change: the same procedure once more with the old values, previewed and confirmed like any other; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from assistant.dialog.beside import MOST_LEFTOVER
from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.procedure import advance
from assistant.dialog.serve import said, settle
from assistant.dialog.state import Executed, Procedure, State
from assistant.dialog.values.fit import leftover
from assistant.types import Slot
from assistant.understanding.yesno.undoing import withdraws

# type of a slot -> the receipt's name of what it changes
CHANGED = {"date": "delivery_date", "address": "ship_to", "quantity": "quantity"}


def wants_undo(moment: Moment) -> bool:
    """Whether the message asks to take the last change back and says little else."""
    if moment.state.executed is None or moment.state.procedure is not None or leftover(moment.reading.text, ()) > 2 * MOST_LEFTOVER:
        return False
    done = moment.state.executed.procedure
    spec = moment.world.workspace.procedures.get(done)
    return moment.says("undo") or (spec is not None and withdraws(moment.reading.text, " ".join(spec.title.values())))


def undo(moment: Moment, state: State) -> tuple[State, tuple[Decision, ...]]:
    """A preview of the reverse change, while the workspace's time for it runs; the rules have their say as always."""
    executed = moment.state.executed
    assert executed is not None
    spec = moment.spec(executed.procedure)
    intent = (spec.intents or ("",))[0]
    old = _old_values(moment, executed)
    if not spec.undo_minutes or not old or not executed.order:
        return state, (Decision("decline", (said(moment, "nothing_to_undo"),), intent, "nothing_to_undo"),)
    if moment.now > executed.at + timedelta(minutes=spec.undo_minutes):
        return state, (Decision("decline", (said(moment, "undo_closed"),), intent, "undo_closed"),)
    order = Slot("order", executed.order, source="conversation")
    procedure = Procedure(executed.procedure, intent, slots={"order": order, **{slot.name: slot for slot in old}}, goal=moment.reading.text)
    moved, progress = advance(moment, procedure, {})
    state, decision = settle(moment, state, moved, progress)
    return state, (replace(decision, reason="undo"),)


def _old_values(moment: Moment, executed: Executed) -> tuple[Slot, ...]:
    """The values before the change, each quoting the receipt it stands in."""
    found = []
    for name, slot in moment.spec(executed.procedure).slots.items():
        change = executed.changes.get(CHANGED.get(slot.type, ""))
        if isinstance(change, list) and change:
            found.append(Slot(name, change[0], source=f"receipt:{executed.receipt}"))
    return tuple(found)

"""The last look at a reply before it leaves: collects what may support it, drops what nothing supports, and puts the sentences in order; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.dialog.act import Acted
from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.verify.sentence import Sources, verify
from assistant.store.columns import plain
from assistant.tools.orders import order_data
from assistant.types import Answer, Citation, Handoff, Json, Sentence

AWAITING = {"ask", "confirm"}
AGREED = {"confirm", "execute"}
# an earlier receipt told again, or what the workspace itself says of a hand-off that is committed with this turn
REPORTED = {"repeated"}


class Unshown(Exception):
    """What a customer would have to read before a yes does not leave: no yes may count for it."""


@dataclass(frozen=True, slots=True)
class Released:
    """What the customer reads. `citations` in the order of their marks; `blocked` are sentences that did not leave, with the reason."""

    text: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    blocked: tuple[tuple[str, str], ...] = ()


def release(moment: Moment, acted: Acted, decisions: Sequence[Decision], handoff: Handoff | None, *, answers: Iterable[Answer | None]) -> Released:
    """The verified reply: answers first, what awaits the customer last. When nothing is left of an answer, it is an honest no.

    Raises Unshown when a part of a preview may not leave.
    """
    sources = sources_of(moment, acted, decisions, handoff, answers=answers)
    lines: list[str] = []
    kept: list[Sentence] = []
    blocked: list[tuple[str, str]] = []
    for decision in in_order(decisions):
        proven = bool(acted.receipts) or decision.reason in REPORTED
        # what a model worded has passed the judge of such words, or has even been read; ours around it is looked at like any other
        ours = [sentence for sentence in decision.sentences if sentence not in decision.judged]
        # the company's own text of what a yes would do, or has done: its figures (a masked phone, a refund worked out in it) are what is agreed to
        stated = (*sources.values, *(sentence.text for sentence in ours)) if decision.action in AGREED and decision.answer is None else sources.values
        found = verify(
            ours,
            replace(sources, values=stated),
            language=moment.world.wording.spoken(moment.language),
            done_allowed=proven,
            strict=decision.answer is not None,
        )
        if decision.action == "confirm" and found.blocked:
            raise Unshown(f"a preview cannot be shown ({found.blocked[0][1]}): {found.blocked[0][0].text[:200]}")
        blocked += [(sentence.text, reason) for sentence, reason in found.blocked]
        shown = tuple(sentence for sentence in decision.sentences if sentence in decision.judged or sentence in found.kept)
        if not shown and found.blocked:
            shown = (Sentence(moment.world.wording.say("abstain", moment.language)),)
        line = moment.world.wording.join(*(sentence.text for sentence in shown), language=moment.world.wording.spoken(moment.language))
        if line:
            lines.append(line)
        kept += shown
    citations = tuple(dict.fromkeys(citation for sentence in kept for citation in sentence.citations))
    return Released("\n".join(lines), tuple(kept), citations, tuple(blocked))


def in_order(decisions: Sequence[Decision]) -> list[Decision]:
    """Answers in the order asked, then the question or preview that awaits the customer."""
    waiting = [decision for decision in decisions if decision.action in AWAITING]
    return [decision for decision in decisions if decision.action not in AWAITING] + waiting


def sources_of(moment: Moment, acted: Acted, decisions: Sequence[Decision], handoff: Handoff | None, *, answers: Iterable[Answer | None]) -> Sources:
    """Everything a figure may come from: passages cited, records read in this turn, confirmed values, rule values, the routing snapshot, the clock."""
    known = acted.fetched.known
    orders = [order for order in [*(known.own or ()), *known.orders_by_number.values()] if order is not None]
    records: list[Json] = [dict(order_data(order)) for order in orders]
    # an instant falls on the day it has where the company is
    records += [order.delivered.astimezone(moment.world.workspace.zone).date().isoformat() for order in orders if order.delivered is not None]
    records += [plain(receipt) for history in known.history_by_number.values() for receipt in history.receipts]
    records += [plain(receipt) for receipt in acted.receipts]
    records += [result.data for result in acted.fetched.results if result.name != "search_knowledge"]
    if acted.state.executed is not None:
        records.append({"receipt": acted.state.executed.receipt, "text": acted.state.executed.text})
    values: list[Json] = [slot.value for slot in _slots(moment, acted)]
    values += [value for slot in moment.reading.slots for value in (slot.value, slot.text, *slot.candidates)]
    values += [value for decision in decisions for value in decision.sources]
    values += [decision.write.call.arguments for decision in decisions if decision.write is not None]  # type: ignore[misc]
    if handoff is not None:
        values.append(plain(handoff.routing))
    hours = moment.world.workspace.routing.hours
    values += [hours.open, hours.close, moment.opening.isoformat() if moment.opening else None]
    passages = tuple(passage.text for answer in answers if answer is not None for passage in answer.passages)
    return Sources(
        passages=passages,
        records=tuple(records),
        values=tuple(values),
        now=moment.now.astimezone(moment.world.workspace.zone),
        products=tuple(moment.world.workspace.products),
        names=_figured_names(moment),
        statuses=tuple(name for names in moment.world.workspace.texts.names.get("status", {}).values() for name in names.values()),
    )


def _figured_names(moment: Moment) -> tuple[str, ...]:
    """What products are called in more than one word with a figure in it, the longest first; a name of figures alone is none."""
    names = {name for sku, product in moment.world.workspace.products.items() for name in (sku, *product.name.values())}
    figured = (name for name in names if any(char.isdigit() for char in name) and any(char.isalpha() for char in name) and " " in name)
    return tuple(sorted(figured, key=lambda name: (-len(name), name)))


def _slots(moment: Moment, acted: Acted) -> list[Any]:
    found = [*moment.reading.slots]
    for procedure in (moment.state.procedure, acted.state.procedure):
        found += list(procedure.slots.values()) if procedure else []
    return found

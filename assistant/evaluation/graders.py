"""The grading contract: eight rules that hold for every conversation, and what each row expects of its turns; pure functions over a transcript.

1 state, 2 confirm (before write), 3 done (never falsely), 4 language, 5 grounding, 6 handoff, 7 tools, 8 budget. Every grader gives the failures it found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from assistant.evaluation import speech
from assistant.evaluation.endstate import differences, matches, shown, state_hash
from assistant.evaluation.expectations import expectations
from assistant.evaluation.figures import squeezed
from assistant.evaluation.ground import Ground
from assistant.evaluation.grounding import unfounded
from assistant.evaluation.transcript import Failure, Spoken, Transcript

Failures = Iterator[Failure]
Grader = Callable[[Transcript, Ground], Failures]
PACKET = ("goal", "slots", "tried", "sentiment", "evidence", "next", "messages", "attachments")
ORDER_READS = {"get_order", "find_orders", "track_order"}
_FREE_OF_CHARGE = ("免费", "免費", "不收费", "不收費", "no fee", "free")
_TOLD = ("text", "citations", "receipts", "handoff", "procedure", "cards")
_IN_RECEIPT = ("delivery_date", "ship_to", "amount", "status", "fee")


def grade(transcript: Transcript, ground: Ground) -> tuple[Failure, ...]:
    """Everything that was not as it must be; empty when the conversation passes."""
    found = [failure for grader in GRADERS for failure in grader(transcript, ground)]
    return tuple(dict.fromkeys(found))


def grade_state(transcript: Transcript, ground: Ground) -> Failures:
    """Rule 1: orders, tickets and hand-offs are the fixture's with the declared differences."""
    declared = transcript.scenario.end
    yield from (Failure("state", 0, f"{where} {wanted}", got) for where, wanted, got in differences(transcript.start, transcript.end, declared))
    if declared.unchanged and not transcript.end.get("handoffs") and state_hash(transcript.start) != state_hash(transcript.end):
        yield Failure("state", 0, f"hash {state_hash(transcript.start)}", state_hash(transcript.end))


def grade_confirm(transcript: Transcript, ground: Ground) -> Failures:
    """Rule 2: every write had one preview and one plain yes, and has one receipt of its own that tells what changed."""
    seen: dict[str, int] = {}
    for step, group in _steps(transcript).items():
        receipts = {str(receipt["id"]): (spoken, receipt) for spoken in group for receipt in spoken.receipts}
        fresh = {key: value for key, value in receipts.items() if key not in seen}
        seen.update(dict.fromkeys(fresh, step))
        effects = _effects(group[0])
        if len(effects) != len(fresh):
            yield Failure("confirm", step, f"one receipt for each change ({', '.join(effects) or 'none'})", f"{len(fresh)} receipt(s)")
        for spoken, receipt in fresh.values():
            yield from _confirmed(transcript, ground, spoken, receipt)
            yield from _told(spoken, receipt)


def _steps(transcript: Transcript) -> dict[int, list[Spoken]]:
    steps: dict[int, list[Spoken]] = {}
    for spoken in transcript.spoken:
        steps.setdefault(spoken.step, []).append(spoken)
    return steps


def _effects(spoken: Spoken) -> list[str]:
    """What a step changed, as the state shows it: orders that differ and tickets that are new."""
    before, after = spoken.before.get("orders") or {}, spoken.after.get("orders") or {}
    changed = [f"order {key}" for key in sorted({*before, *after}) if before.get(key) != after.get(key)]
    old = {ticket["id"] for ticket in spoken.before.get("tickets") or ()}
    return changed + [f"ticket {ticket['kind']}" for ticket in spoken.after.get("tickets") or () if ticket["id"] not in old]


def _confirmed(transcript: Transcript, ground: Ground, spoken: Spoken, receipt: Mapping[str, Any]) -> Failures:
    ticket: Mapping[str, Any] = next((t for t in spoken.after.get("tickets") or () if t["id"] == receipt.get("ticket")), {})
    if ticket.get("kind") in ground.free:
        return
    if not speech.is_yes(spoken.text) and spoken.text.lower().strip(" .!。！") not in ground.consent:
        yield Failure("confirm", spoken.step, "a plain yes before a write", repr(spoken.text))
    previews = [one for one in transcript.before(spoken) if one.view.get("action") == "confirm" and _open(one) == "confirm"]
    if not previews:
        yield Failure("confirm", spoken.step, "a preview before a write", "none")
        return
    later = [one for one in transcript.before(spoken) if one.step > previews[-1].step and one.receipts]
    if later:
        yield Failure(
            "confirm", spoken.step, "a preview of its own for each write", f"the last preview (turn {previews[-1].step}) was used in turn {later[-1].step}"
        )
    missing = _not_previewed(previews[-1], receipt, ticket, ground)
    if missing:
        yield Failure("confirm", previews[-1].step, f"a preview with {', '.join(missing)}", previews[-1].reply)


def _open(spoken: Spoken) -> str:
    return str((spoken.view.get("procedure") or {}).get("stage") or "")


def _not_previewed(preview: Spoken, receipt: Mapping[str, Any], ticket: Mapping[str, Any], ground: Ground) -> list[str]:
    """What the preview left out: the order, old and new value of each field, amounts, quantities."""
    text = squeezed(preview.reply)
    wanted: list[str] = [str(receipt["order"])] if receipt.get("order") else []
    for name, change in (receipt.get("changes") or {}).items():
        old, new = (list(change) + [None, None])[:2]
        if name == "status":
            continue
        wanted += [str(value) for value in (old, new) if isinstance(value, str) and name in {"delivery_date", "ship_to", "due", "address"}]
        if name in {"amount", "fee"}:
            wanted += [f"{value / 10**ground.exponent:.2f}" for value in (old, new) if isinstance(value, int) and value]
        elif isinstance(old, int) and isinstance(new, int):
            wanted += [str(old), str(new)]
    if receipt.get("tool") == "cancel_order" and not (receipt.get("changes") or {}).get("fee", [0, 0])[-1]:
        wanted += [] if any(word in preview.reply.lower() for word in _FREE_OF_CHARGE) else ["the fee, or that there is none"]
    fields = ticket.get("fields") or {}
    wanted += [str(item["quantity"]) for item in fields.get("items") or () if isinstance(item, Mapping)]
    wanted += [str(fields[name]) for name in ("tax_id", "title") if fields.get(name)]
    plain = text.replace(",", "")
    return [value for value in wanted if squeezed(value).replace(",", "") not in plain]


def _told(spoken: Spoken, receipt: Mapping[str, Any]) -> Failures:
    """The receipt is named in the reply and tells the change as the state shows it."""
    if str(receipt["id"]) not in spoken.reply:
        yield Failure("confirm", spoken.step, f"the receipt {receipt['id']} in the reply", spoken.reply)
    before = (spoken.before.get("orders") or {}).get(receipt.get("order") or "", {})
    after = (spoken.after.get("orders") or {}).get(receipt.get("order") or "", {})
    for name, change in (receipt.get("changes") or {}).items():
        of_order = name in _IN_RECEIPT and after and not receipt.get("ticket")
        if of_order and not (matches(change[0], before.get(name)) and matches(change[1], after.get(name))):
            yield Failure("confirm", spoken.step, f"a receipt that tells {name} {shown([before.get(name), after.get(name)])}", shown(change))


def grade_done(transcript: Transcript, ground: Ground) -> Failures:
    """Rule 3: done-words and promises stand beside a receipt, or are the order's status read in this turn; a transfer is one."""
    known: set[str] = set()
    for spoken in transcript.spoken:
        known |= {str(receipt["id"]) for receipt in spoken.receipts}
        backed = bool(spoken.receipts) or any(receipt in spoken.reply for receipt in known)
        quotes = [squeezed(str(citation.get("quote") or "")) for citation in spoken.citations] + [squeezed(text or "") for text in spoken.sections.values()]
        for sentence in () if backed else (*speech.done_claims(spoken.reply), *speech.promises(spoken.reply)):
            if not _status_read(spoken, sentence, ground) and not any(squeezed(sentence).rstrip("。.!！?？") in quote for quote in quotes):
                yield Failure("done", spoken.step, "a receipt of this turn beside such words", repr(sentence))
        handed = spoken.view.get("handoff") or any(row.get("state") != "closed" for row in spoken.after.get("handoffs") or ())
        if not handed:
            yield from (Failure("done", spoken.step, "a hand-off behind such words", repr(sentence)) for sentence in speech.transfers(spoken.reply))


def _status_read(spoken: Spoken, sentence: str, ground: Ground) -> bool:
    """Whether the words are just the true status of an own order, read in this turn."""
    if not any(tool.get("name") in ORDER_READS and tool.get("outcome") == "ok" for tool in spoken.tools):
        return False
    own = {number: order for number, order in (spoken.after.get("orders") or {}).items() if ground.orders.get(number, {}).get("company") == spoken.company}
    named = {number: order for number, order in own.items() if number in sentence or number in spoken.reply} or own
    statuses = {str(order["status"]) for order in named.values()}
    return any(word.lower() in sentence.lower() for status in statuses for word in ground.statuses.get(status, (status,)))


def grade_language(transcript: Transcript, ground: Ground) -> Failures:
    """Rule 4: a reply is in the language and script of the customer's last message."""
    for spoken in transcript.spoken:
        if not spoken.reply:
            continue
        own = [str(order["ship_to"]) for order in (spoken.after.get("orders") or {}).values()]
        slots = [str(value) for value in ((spoken.view.get("procedure") or {}).get("slots") or {}).values() if isinstance(value, str)]
        said = [one.text for one in (*transcript.before(spoken), spoken)]
        words = [word for text in said for word in _quoted(text, spoken.reply)]
        quotes = [str(citation.get("quote") or "") for citation in spoken.citations]
        fields = [str(value) for receipt in spoken.receipts for change in (receipt.get("changes") or {}).values() for value in change if isinstance(value, str)]
        fault = speech.language_fault(spoken.reply, spoken.language, names=[*ground.names, *own, *slots, *words, *quotes, *fields])
        if fault:
            yield Failure("language", spoken.step, spoken.language, f"{fault} in {spoken.reply!r}")


def _quoted(text: str, reply: str) -> list[str]:
    """Stretches of the customer's words that the reply repeats in quotation marks."""
    marks = (("“", "”"), ('"', '"'), ("「", "」"))
    found = []
    for left, right in marks:
        parts = reply.split(left)[1:] if left != right else reply.split(left)[1::2]
        found += [inner for part in parts if (inner := part.split(right)[0]) and inner in text]
    return found


def grade_grounding(transcript: Transcript, ground: Ground) -> Failures:
    """Rule 5: every figure comes from somewhere, and every citation is a live section that says what is quoted."""
    for spoken in transcript.spoken:
        wrong = unfounded(transcript, spoken, ground)
        if wrong:
            yield Failure("grounding", spoken.step, "figures with a source", f"{', '.join(wrong)} in {spoken.reply!r}")
        for citation in spoken.citations:
            key = (str(citation.get("document")), int(citation.get("version") or 0), str(citation.get("section")))
            text = spoken.sections.get(key)
            if text is None:
                yield Failure("grounding", spoken.step, "a citation of a live section", "@".join(str(part) for part in key))
            elif str(citation.get("quote") or "") not in text:
                yield Failure("grounding", spoken.step, f"a quote that stands in {key[0]}#{key[2]}", repr(citation.get("quote")))


def grade_handoff(transcript: Transcript, ground: Ground) -> Failures:
    """Rule 6: at most one hand-off, with everything a person needs."""
    made = [spoken for spoken in transcript.spoken if spoken.view.get("handoff")]
    declared = transcript.scenario.end.handoff
    if len(made) > 1:
        yield Failure("handoff", made[1].step, "no second hand-off", shown(made[1].view["handoff"].get("reason")))
    ids = {spoken.message for spoken in transcript.spoken}
    for spoken in made:
        handoff = spoken.view["handoff"]
        packet = handoff.get("summary") or {}
        missing = [key for key in ("reason", "queue", "priority") if not handoff.get(key)] + [key for key in PACKET if key not in packet]
        if missing or not packet.get("goal"):
            yield Failure("handoff", spoken.step, f"a packet with {', '.join(missing) or 'a goal'}", shown(handoff))
        if not set(packet.get("messages") or ()) & ids:
            yield Failure("handoff", spoken.step, "links to the messages", shown(packet.get("messages")))
        for key in ("goal", "slots", "attachments"):
            wanted = declared.get(key) if isinstance(declared, Mapping) else None
            if wanted is not None and not matches(wanted, packet.get(key)):
                yield Failure("handoff", spoken.step, f"{key} {shown(wanted)}", shown(packet.get(key)))


def grade_tools(transcript: Transcript, ground: Ground) -> Failures:
    """Rule 7: what had to be called was, what must not be was not, and nothing of another company's came in or went out."""
    called = {str(tool.get("name")): tool for spoken in transcript.spoken for tool in spoken.tools}
    done = {str(tool.get("name")) for spoken in transcript.spoken for tool in spoken.tools if tool.get("outcome") == "ok"}
    for name in transcript.scenario.must_call:
        if name not in done:
            yield Failure("tools", 0, f"a call of {name}", ", ".join(sorted(called)) or "no calls")
    for name in transcript.scenario.must_not_call:
        if name in called or (name == "handoff" and transcript.end.get("handoffs")):
            yield Failure("tools", 0, f"no {name}", shown(called.get(name, {"name": name})))
    for spoken in transcript.spoken:
        yield from _foreign(transcript, spoken, ground)


def _foreign(transcript: Transcript, spoken: Spoken, ground: Ground) -> Failures:
    seen = {number for number, version in (spoken.trace.get("orders") or {}).items() if version is not None}
    foreign = {number: order for number, order in ground.orders.items() if order["company"] != spoken.company}
    if seen & set(foreign):
        yield Failure("tools", spoken.step, "no order of another company read", ", ".join(sorted(seen & set(foreign))))
    own = " ".join(str(order["ship_to"]) + str(order["tracking"]) for order in ground.orders.values() if order["company"] == spoken.company)
    said = squeezed(" ".join(one.text for one in (*transcript.before(spoken), spoken)))
    out = json.dumps({key: spoken.view.get(key) for key in _TOLD}, ensure_ascii=False, default=str)
    tokens = [token for number, order in foreign.items() for token in (number, order["tracking"], order["ship_to"]) if token and token not in own]
    tokens += [name for company, names in ground.people.items() if company != spoken.company for name in names]
    leaked = sorted({token for token in tokens if squeezed(token) not in said and re.search(rf"(?<![A-Za-z0-9]){re.escape(token)}(?![A-Za-z0-9])", out)})
    if leaked:
        yield Failure("tools", spoken.step, "nothing of another company's", ", ".join(leaked))


def grade_budget(transcript: Transcript, ground: Ground) -> Failures:
    """Rule 8: no more customer messages than stated; tokens and cost of every model call on record."""
    if len(transcript.spoken) > transcript.scenario.budget:
        yield Failure("budget", 0, f"at most {transcript.scenario.budget} messages", str(len(transcript.spoken)))
    for spoken in transcript.spoken:
        for call in spoken.trace.get("model_calls") or ():
            if not {"tokens", "cost"} <= set(call):
                yield Failure("budget", spoken.step, "tokens and cost of a model call", shown(call))


def grade_turns(transcript: Transcript, ground: Ground) -> Failures:
    """What the row itself wants of its turns, and a log without gaps or doubles after a lost connection."""
    yield from expectations(transcript)
    bubbles = transcript.resumed
    if bubbles is None:
        return
    if len({(bubble.role, bubble.id) for bubble in bubbles}) != len(bubbles):
        yield Failure("expect", 0, "no message twice after the connection came back", shown([f"{b.role}:{b.text[:20]}" for b in bubbles]))
    asked, answered = [b for b in bubbles if b.role == "customer"], [b for b in bubbles if b.role == "assistant"]
    if len(asked) != len(transcript.spoken) or len(answered) != len(transcript.spoken):
        yield Failure("expect", 0, f"{len(transcript.spoken)} messages and as many answers on the screen", f"{len(asked)} and {len(answered)}")


GRADERS: tuple[Grader, ...] = (
    grade_state,
    grade_confirm,
    grade_done,
    grade_language,
    grade_grounding,
    grade_handoff,
    grade_tools,
    grade_budget,
    grade_turns,
)
RULES = ("state", "confirm", "done", "language", "grounding", "handoff", "tools", "budget", "expect")

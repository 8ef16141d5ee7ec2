"""What a row wants of its turns, one after another: intent, stage, slots, words, writes, rule, hand-off, citations, events; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from assistant.evaluation import speech
from assistant.evaluation.endstate import matches, shown
from assistant.evaluation.figures import figures
from assistant.evaluation.transcript import Failure, Spoken, Transcript
from assistant.workspace.scenario import Expect

_NUMBER = re.compile(r"#?\d{3,}")
_LANGUAGES = {"zh": "zh-Hans", "zh-Hant": "zh-Hant", "en": "en"}


def expectations(transcript: Transcript) -> Iterator[Failure]:
    """The failures of every turn against its `expect`; messages sent at once are judged together."""
    steps: dict[int, list[Spoken]] = {}
    for spoken in transcript.spoken:
        steps.setdefault(spoken.step, []).append(spoken)
    for step, group in steps.items():
        for wanted, got in _differences(transcript, group, group[0].turn.expect):
            yield Failure("expect", step, wanted, got)


def _differences(transcript: Transcript, group: list[Spoken], expect: Expect) -> Iterator[tuple[str, str]]:
    view = group[-1].view
    procedure = view.get("procedure") or {}
    plain = {
        "intent": (expect.intent, view.get("intent")),
        "action": (expect.action, view.get("action")),
        "reason": (expect.reason, view.get("reason")),
        "procedure": (expect.procedure, procedure.get("name")),
        "state": (expect.state, procedure.get("stage") or "none"),
        "rule": (expect.rule, view.get("rule")),
        "language": (_LANGUAGES.get(expect.language or ""), view.get("language")),
    }
    yield from ((f"{name} {wanted}", shown(got)) for name, (wanted, got) in plain.items() if wanted and wanted != got)
    if expect.slot is not None and not matches(expect.slot, procedure.get("slots") or {}):
        yield f"slots {shown(expect.slot)}", shown(procedure.get("slots"))
    if expect.requests and list(expect.requests) != _served(view):
        yield f"requests {shown(list(expect.requests))}", shown(_served(view))
    yield from _words(group, expect)
    yield from _writes(transcript, group, expect)
    yield from _beside(view, expect)
    yield from _alike(transcript, group[-1], expect)


def _served(view: Mapping[str, Any]) -> list[str]:
    """The intents of a turn in order, each once: a reminder of the open procedure is no request of its own."""
    return list(dict.fromkeys(str(request.get("intent")) for request in view.get("requests") or () if request.get("reason") != "still_open"))


def _words(group: list[Spoken], expect: Expect) -> Iterator[tuple[str, str]]:
    reply = "\n".join(spoken.reply for spoken in group)
    for pattern in expect.reply_matches:
        if not re.search(pattern, reply, re.IGNORECASE):
            yield f"a reply with /{pattern}/", repr(reply)
    for pattern in expect.reply_excludes:
        if re.search(pattern, reply, re.IGNORECASE):
            yield f"a reply without /{pattern}/", repr(reply)
    if expect.sentences is not None and (count := len(speech.sentences(reply))) > expect.sentences:
        yield f"at most {expect.sentences} sentence(s)", f"{count}: {reply!r}"


def _writes(transcript: Transcript, group: list[Spoken], expect: Expect) -> Iterator[tuple[str, str]]:
    earlier = [str(receipt["id"]) for spoken in transcript.before(group[0]) for receipt in spoken.receipts]
    receipts = list(dict.fromkeys(str(receipt["id"]) for spoken in group for receipt in spoken.receipts))
    fresh = [receipt for receipt in receipts if receipt not in earlier]
    if expect.writes is not None and len(fresh) != expect.writes:
        yield f"{expect.writes} write(s)", f"{len(fresh)}: {group[-1].reply!r}"
    if expect.receipt is None:
        return
    known = receipts or earlier
    named = [any(receipt in spoken.reply for receipt in known) for spoken in group]
    if not all(named) if expect.receipt else any(named):
        yield "a receipt in the reply" if expect.receipt else "no receipt in the reply", repr([spoken.reply for spoken in group])


def _beside(view: Mapping[str, Any], expect: Expect) -> Iterator[tuple[str, str]]:
    cited = [(str(c.get("document")), f"{c.get('section')} {c.get('quote')}") for c in view.get("citations") or ()]
    for wanted in expect.citations:
        documents, _, words = wanted.partition("#")
        if not any(document in documents.split("|") and re.search(words, section, re.IGNORECASE) for document, section in cited):
            yield f"a citation of {wanted}", shown([f"{document}#{section}" for document, section in cited])
    for event in expect.events:
        if event not in (view.get("events") or ()):
            yield f"event {event}", shown(view.get("events"))
    if expect.no_tools and view.get("tools"):
        yield "no tool called", shown(view.get("tools"))
    handoff = view.get("handoff")
    match expect.handoff:
        case None:
            return
        case "none":
            if handoff:
                yield "no hand-off", shown(handoff.get("reason"))
        case wanted:
            summary = (handoff or {}).get("summary") or {}
            if not handoff or not matches(wanted, {**handoff, **{key: summary.get(key) for key in ("goal", "slots", "attachments")}}):
                yield f"hand-off {shown(wanted)}", shown(handoff)


def _alike(transcript: Transcript, spoken: Spoken, expect: Expect) -> Iterator[tuple[str, str]]:
    """The same figures and sources, or the same words, as an earlier turn."""
    if expect.same_as is not None:
        other = _at(transcript, expect.same_as)
        if other and (_facts(other) != _facts(spoken)):
            yield f"figures and citations of turn {expect.same_as} {shown(_facts(other))}", shown(_facts(spoken))
    if expect.same_words_as is not None:
        other = _at(transcript, expect.same_words_as)
        if other and _NUMBER.sub("#", other.reply) != _NUMBER.sub("#", spoken.reply):
            yield f"the words of turn {expect.same_words_as} {other.reply!r}", repr(spoken.reply)


def _at(transcript: Transcript, step: int) -> Spoken | None:
    return next((spoken for spoken in transcript.spoken if spoken.step == step), None)


def _facts(spoken: Spoken) -> list[list[str]]:
    values = sorted({str(figure.value) for figure in figures(spoken.reply)})
    sources = sorted({f"{citation.get('document')}#{citation.get('section')}" for citation in spoken.citations})
    return [values, sources]

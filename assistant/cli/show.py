"""Prints what is stored: the end state, and the steps of a turn."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.cli.config import config_of
from assistant.cli.table import table
from assistant.errors import NotFound


def state(workspace: Path, *, state: Path | None, as_json: bool) -> None:
    """Orders, tickets and hand-offs. A state folder that is new shows the fixture."""
    from assistant.once import read_state

    found: Any = read_state(config_of(workspace, state=state))
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
        return
    table("orders", ("number", "status", "date", "amount", "ship to"), [
        (number, o["status"], o["delivery_date"], f"{o['amount'] / 100:,.2f} {o['currency']}", o["ship_to"]) for number, o in found["orders"].items()
    ])  # fmt: skip
    table("tickets", ("id", "kind", "order", "queue", "fields"), [
        (t["id"], t["kind"], t["order"] or "", t["queue"], json.dumps(t["fields"], ensure_ascii=False)) for t in found["tickets"]
    ])  # fmt: skip
    table("hand-offs", ("reason", "queue", "priority", "state", "assigned to"), [
        (h["reason"], h["queue"], h["priority"], h["state"], h["assigned_to"] or "") for h in found["handoffs"]
    ])  # fmt: skip
    count = found["conversations"]
    print(f"{count} conversation{'' if count == 1 else 's'}")


def trace(turn: str, workspace: Path, *, state: Path | None, as_json: bool) -> None:
    """One turn as it was stored. Raises NotFound."""
    from assistant.once import read_turn

    config = config_of(workspace, state=state)
    try:
        record: Any = read_turn(config, turn)
    except NotFound as error:
        raise NotFound(f"no turn is called {turn!r} in {config.state}; replies name theirs: see `turn` in `assistant chat --json`, and --state") from error
    if as_json:
        print(json.dumps(record, ensure_ascii=False))
        return
    for title, lines in steps(record):
        print(f"\n{title}")
        for line in lines:
            print(f"  {line}")


def steps(record: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """A record as titled steps: understood, looked up, decided, checked, said, with times and stamps."""
    reading, view = record["reading"], record["view"]
    requests = [
        f"{r['intent']} {r['confidence']:.2f} (then {r['runner_up']} {r['runner_up_confidence']:.2f}){'' if r['accepted'] else ' not accepted'}"
        for r in reading["requests"]
    ]
    slots = [f"{s['name']} = {json.dumps(s['value'], ensure_ascii=False)} from “{s['text']}”" for s in reading["slots"]]
    mood = f"{reading['language']} · verdict {reading['verdict']} · sentiment {reading['sentiment']:.2f} · urgency {reading['urgency']}"
    calls = [f"{c['name']}: {c['outcome']}{' (' + c['error'] + ')' if c['error'] else ''}" for c in record["calls"]]
    passages = [f"{p['id']}  fused {p['fused']:.2f} dense {p['dense']:.2f} lexical {p['lexical']:.2f}" for p in record["passages"]]
    decided = [_decision(each) for each in went_out(record)]
    width = max((len(name) for name in (*record["timings_ms"], *record["stamps"])), default=0)
    blocked = [f"{text!r}: {reason}" for text, reason in record["blocked"]]
    return [
        ("Message", [record["message"]["text"], f"business time {record['business_time']}"]),
        ("Understood", [mood, *requests, *slots]),
        ("Passages", passages or ["none"]),
        ("Tools", calls or ["none"]),
        ("Decided", decided or ["nothing"]),
        ("Blocked", blocked or ["nothing"]),
        ("Said", [*(view["text"] or "(nothing)").split("\n"), *_proofs(view)]),
        ("Times", [f"{name:<{width}} {value:>9.1f} ms" for name, value in record["timings_ms"].items()]),
        ("Made under", [f"{name:<{width}} {value[:16]}" for name, value in record["stamps"].items()]),
    ]


def went_out(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The decisions as they went out: what the view says of each comes before what was decided on the way there."""
    made, last = record["decisions"], record["view"]["requests"]
    if len(made) != len(last):
        return list(last)
    return [{**first, **{name: value for name, value in then.items() if value is not None}} for first, then in zip(made, last, strict=True)]


def _decision(each: Mapping[str, Any]) -> str:
    about = each.get("procedure") or each["intent"]
    why = f": {each['reason'].replace('_', ' ')}" if each["reason"] else ""
    rule = f" (rule {each['rule']})" if each.get("rule") else ""
    return f"{each['action']} {about}{why}{rule}"


def _proofs(view: Mapping[str, Any]) -> list[str]:
    cited = [f"[{n}] {c['document']}@{c['version']}#{c['section']}: “{' '.join(c['quote'].split())}”" for n, c in enumerate(view["citations"], 1)]
    return [*cited, *(f"receipt {r['id']}" for r in view["receipts"])]

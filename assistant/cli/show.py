"""Prints what is stored: the end state, and the steps of a turn."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.cli.config import config_of
from assistant.cli.table import table


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
    print(f"{found['conversations']} conversation(s)")


def trace(turn: str, workspace: Path, *, state: Path | None, as_json: bool) -> None:
    """One turn as it was stored. Raises NotFound."""
    from assistant.once import read_turn

    record: Any = read_turn(config_of(workspace, state=state), turn)
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
    passages = [f"{p['id']} fused {p['fused']:.2f} dense {p['dense']:.2f} lexical {p['lexical']:.2f}" for p in record["passages"]]
    decided = [" · ".join(str(d[name]) for name in ("action", "intent", "procedure", "rule", "reason") if d[name]) for d in record["decisions"]]
    blocked = [f"{text!r}: {reason}" for text, reason in record["blocked"]]
    return [
        ("Message", [record["message"]["text"], f"business time {record['business_time']}"]),
        ("Understood", [mood, *requests, *slots]),
        ("Passages", passages or ["none"]),
        ("Tools", calls or ["none"]),
        ("Decided", decided or ["nothing"]),
        ("Blocked", blocked or ["nothing"]),
        ("Said", [view["text"] or "(nothing)", *(f"receipt {r['id']}" for r in view["receipts"])]),
        ("Times (ms)", [f"{name} {value}" for name, value in record["timings_ms"].items()]),
        ("Made under", [f"{name} {value[:16]}" for name, value in record["stamps"].items()]),
    ]

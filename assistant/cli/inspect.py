"""Prints what is understood of one text, with the words each value came from."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from assistant.cli.config import config_of
from assistant.clock import SystemClock
from assistant.store.columns import plain
from assistant.text.words import words
from assistant.types import Hints


def run(text: str, workspace: Path, *, clock: str, as_json: bool) -> None:
    """Reads `text` as the first message of a conversation at `clock` (the workspace's start by default)."""
    from assistant.app import load_company

    config = config_of(workspace, clock=clock)
    company = load_company(config)
    now: datetime = config.clock or company.workspace.settings.clock.start or SystemClock().now()
    reading = company.reader.read(text, Hints("zh-Hans", now.astimezone(company.workspace.zone) if now.tzinfo else now.replace(tzinfo=UTC)))
    tokens = words(reading.text)
    if as_json:
        print(json.dumps({"tokens": tokens, "reading": plain(reading)}, ensure_ascii=False))
        return
    print(f"language   {reading.language}")
    print(f"tokens     {' | '.join(tokens)}")
    print(f"verdict    {reading.verdict}")
    marks = ", ".join(f"{name} {'yes' if value else 'no'}" for name, value in (("anger", reading.anger), ("injection", reading.injection)))
    print(f"mood       sentiment {reading.sentiment:+.2f}, urgency {reading.urgency}, {marks}")
    for request in reading.requests:
        state = "" if request.accepted else "  (not accepted)"
        print(f"request    {request.intent} {request.confidence:.2f}, then {request.runner_up} {request.runner_up_confidence:.2f}: “{request.text}”{state}")
    for slot in reading.slots:
        others = f" or {', '.join(json.dumps(c, ensure_ascii=False) for c in slot.candidates)}" if slot.candidates else ""
        note = f" ({slot.note})" if slot.note else ""
        print(f"slot       {slot.name} = {json.dumps(slot.value, ensure_ascii=False)}{others}{note} from “{slot.text}” [{slot.start}:{slot.end}]")
    print(f"standalone {reading.standalone}")

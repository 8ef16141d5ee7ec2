"""Asks the whole assistant the questions of a labelled set, each in a conversation of its own, and counts what comes of them.

`python -m benchmarks.questions lookalike|lookalike_fresh|wording_fresh|everyday|questions_classes [--errors]`
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import tempfile
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.app import Assistant, build
from assistant.config import Config

ROOT = Path(__file__).parents[1]
CLOCK = datetime.fromisoformat("2026-06-01T10:00:00+08:00")
AS = {"zh": "C1/李伟", "en": "C2/Dana Cole"}


def rows_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ROOT / f"evals/data/{name}.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()]


def squeezed(text: str) -> str:
    return re.sub(r"[\s,，]", "", text).lower()


def outcome(row: dict[str, Any], view: dict[str, Any]) -> str:
    """right, other, none (nothing was stated), wrong product (a string that belongs to another one), or kept (rightly nothing)."""
    text = squeezed(str(view["text"]))
    if any(squeezed(each) in text for each in row.get("forbidden", ())):
        return "wrong product"
    stated = view["action"] == "reply" and bool(view["citations"])
    if not row["answers"]:
        return "other" if stated else "kept"
    if any(squeezed(each) in text for each in row["answers"]):
        return "right"
    return "other" if stated else "none"


async def ask(assistant: Assistant, row: dict[str, Any]) -> dict[str, Any]:
    who = await assistant.principal(AS[row["language"]])
    conversation = await assistant.open_conversation(who, channel="benchmark")
    for text in row.get("before", ()):
        await assistant.say(who, conversation, text=text)
    return dict(await assistant.say(who, conversation, text=row["question"]))


async def play(name: str, state: Path, *, errors: bool = False) -> dict[str, Counter[str]]:
    """Counts of outcomes by language."""
    assistant = await asyncio.to_thread(build, Config(ROOT, state, clock=CLOCK, fresh=True, model="none"))
    counts: dict[str, Counter[str]] = {language: Counter() for language in AS}
    await assistant.start_briefly()
    try:
        for row in rows_of(name):
            view = await ask(assistant, row)
            found = outcome(row, view)
            counts[row["language"]][found] += 1
            if errors and found not in ("right", "kept"):
                print(f"{row['id']} {found}: {row.get('before', [])} {row['question']}\n    {view['text'][:200]}")
    finally:
        await assistant.close()
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for language, counts in asyncio.run(play(given.name, Path(folder), errors=given.errors)).items():
            total = sum(counts.values())
            print(f"{given.name} {language}: {total} questions; " + ", ".join(f"{what} {count} ({count / total:.0%})" for what, count in counts.most_common()))


if __name__ == "__main__":
    main()

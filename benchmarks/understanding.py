"""How well and how fast messages are understood: intents per language with their confusions, out-of-scope texts, several requests in one message, moods.

Run `python -m benchmarks.understanding [dev|test] [--errors]`. The half "dev" was looked at while the reader was made; the half "test" was not, and its first
score is the one to publish.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.knowledge.encode import packaged_encoder
from assistant.ports import Encoder
from assistant.types import Hints, Language, Reading
from assistant.understanding.intents.recognise import OUT_OF_SCOPE, Guess, IntentModel, train, vocabulary_of
from assistant.understanding.reader import Reader
from assistant.understanding.reader_build import build_reader, slot_lexicon
from assistant.workspace.calendar import company_calendar
from assistant.workspace.load import load_workspace
from assistant.workspace.model import Workspace

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime.fromisoformat("2026-06-01T10:00:00+08:00")
NEUTRAL = 0.2  # a sentiment between -0.2 and 0.2 is neutral
Row = Mapping[str, Any]


def rows(name: str, split: str) -> list[Row]:
    lines = [json.loads(line) for line in (ROOT / "evals" / "data" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()]
    return [line for line in lines if line["split"] == split]


def language_of(row: Row) -> Language:
    return "en" if row["lang"] == "en" else "zh-Hans"


def right(row: Row, guess: Guess) -> bool:
    """A text out of scope is right when it is called so or not accepted."""
    return guess.intent == row["intent"] or (row["intent"] == OUT_OF_SCOPE and not guess.accepted)


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """The chance that a positive scores above a negative (Mann-Whitney; ties count half)."""
    ups = [score for score, is_positive in zip(scores, positive, strict=True) if is_positive]
    downs = [score for score, is_positive in zip(scores, positive, strict=True) if not is_positive]
    return sum((up > down) + 0.5 * (up == down) for up in ups for down in downs) / (len(ups) * len(downs))


def share(hits: Iterable[bool]) -> str:
    found = list(hits)
    return f"{sum(found)}/{len(found)} = {sum(found) / len(found):.1%}" if found else "none"


def report_intents(model: IntentModel, lines: Sequence[Row], *, errors: bool) -> None:
    guesses = [model.predict(row["text"], language_of(row)) for row in lines]
    pairs = list(zip(lines, guesses, strict=True))
    for language in ("zh", "en"):
        mine = [(row, guess) for row, guess in pairs if row["lang"] == language]
        inside = [(row, guess) for row, guess in mine if row["intent"] != OUT_OF_SCOPE]
        print(f"intents {language}: top-1 {share(right(row, guess) for row, guess in mine)}; right and accepted "
              f"{share(guess.intent == row['intent'] and guess.accepted for row, guess in inside)}; out-of-scope AUROC "
              f"{auroc([guess.outside for _, guess in mine], [row['intent'] == OUT_OF_SCOPE for row, _ in mine]):.4f}")  # fmt: skip
    print(f"out-of-scope AUROC, both: {auroc([guess.outside for guess in guesses], [row['intent'] == OUT_OF_SCOPE for row in lines]):.4f}")
    for low, high in ((0.0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
        inside = [(row, guess) for row, guess in pairs if low <= guess.p < high]
        if inside:
            print(f"  p {low:.1f}-{min(high, 1.0):.1f}: {len(inside):4} texts, mean p {sum(guess.p for _, guess in inside) / len(inside):.2f}, "
                  f"right {share(right(row, guess) for row, guess in inside)}")  # fmt: skip
    confusion(pairs)
    if errors:
        for row, guess in pairs:
            if not right(row, guess):
                print(f"  {row['id']} {row['intent']} -> {guess.intent} {guess.p:.2f} (then {guess.runner_up} {guess.p2:.2f}): {row['text']}")


def confusion(pairs: Sequence[tuple[Row, Guess]]) -> None:
    """Per intent how many of its texts were right, and what the others were taken for ("-" = not accepted)."""
    print("confusion (rows: what was meant)")
    for intent in sorted({row["intent"] for row, _ in pairs}):
        mine = [(row, guess) for row, guess in pairs if row["intent"] == intent]
        wrong = Counter(guess.intent if guess.accepted else f"{guess.intent} (rejected)" for row, guess in mine if not right(row, guess))
        taken = ", ".join(f"{name} {count}" for name, count in wrong.most_common())
        print(f"  {intent:22} {len(mine) - sum(wrong.values()):3}/{len(mine):<3} {taken}")


def report_requests(reader: Reader, singles: Sequence[Row], several: Sequence[Row], *, errors: bool) -> None:
    """Whole readings: the right requests in the right order, none more and none less."""

    def wanted(row: Row) -> list[str]:
        return [row["intent"]] if "intent" in row else list(row["intents"])

    def got(row: Row) -> list[str]:
        reading = read(reader, row)
        return [request.intent if request.accepted or request.intent == OUT_OF_SCOPE else "-" for request in reading.requests]

    for name, lines in (("one request", singles), ("several requests", several)):
        found = [(row, got(row)) for row in lines]
        for language in ("zh", "en"):
            print(f"{name} {language}: exactly {share(_same(wanted(row), intents) for row, intents in found if row['lang'] == language)}")
        if errors:
            for row, intents in found:
                if not _same(wanted(row), intents):
                    print(f"  {row['id']} {wanted(row)} -> {intents}: {row['text']}")


def _same(wanted: list[str], got: list[str]) -> bool:
    return got == wanted or (wanted == [OUT_OF_SCOPE] and set(got) <= {"-", OUT_OF_SCOPE})


def read(reader: Reader, row: Row) -> Reading:
    return reader.read(row["text"], Hints(language_of(row), NOW))


def report_moods(reader: Reader, lines: Sequence[Row], *, errors: bool) -> None:
    found = [(row, read(reader, row)) for row in lines]

    def label(reading: Reading) -> str:
        return "pos" if reading.sentiment > NEUTRAL else "neg" if reading.sentiment < -NEUTRAL else "neu"

    checks: dict[str, Callable[[Row, Reading], bool]] = {
        "sentiment": lambda row, reading: label(reading) == row["sentiment"],
        "anger": lambda row, reading: reading.anger == row["anger"],
        "urgency": lambda row, reading: reading.urgency == row["urgency"],
        "urgency 3 or not": lambda row, reading: (reading.urgency == 3) == (row["urgency"] == 3),
    }
    for language in ("zh", "en"):
        mine = [(row, reading) for row, reading in found if row["lang"] == language]
        print(f"moods {language}: " + "; ".join(f"{name} {share(check(row, reading) for row, reading in mine)}" for name, check in checks.items()))
    if errors:
        for row, reading in found:
            wrong = [name for name, check in checks.items() if not check(row, reading)]
            if wrong:
                meant = f"{row['sentiment']} {row['anger']} {row['urgency']}"
                print(f"  {row['id']} {wrong}: {meant} -> {reading.sentiment} {reading.anger} {reading.urgency}: {row['text']}")


def report_speed(reader: Reader, model: IntentModel, encoder: Encoder, *, lines: Sequence[Row]) -> None:
    """Milliseconds per message: median and 95th percentile."""
    hints = Hints("zh-Hans", NOW)
    texts = list(dict.fromkeys(row["text"] for row in lines))
    fresh = iter(f"{text} {number}" for number, text in enumerate(texts * 2))  # so that no vector is remembered
    steps: dict[str, Callable[[str], object]] = {
        "encoder, one text": lambda _: encoder.encode([next(fresh)]),
        "intent of one text, with the encoder": lambda _: model.predict(next(fresh), "zh-Hans"),
        "slots, dates, mood, verdict (read_slots)": lambda text: reader.read_slots(text, hints),
        "whole reading (read)": lambda text: reader.read(f"{text} ", hints),
    }
    for name, step in steps.items():
        times = []
        for text in texts:
            begin = time.perf_counter()
            step(text)
            times.append((time.perf_counter() - begin) * 1000)
        times.sort()
        print(f"{name}: median {times[len(times) // 2]:.2f} ms, p95 {times[int(len(times) * 0.95)]:.2f} ms")


def report_training(workspace: Workspace, encoder: Encoder) -> None:
    vocabulary = vocabulary_of(workspace, order_pattern=slot_lexicon(workspace).shape.strict.pattern)
    examples = sum(len(found) for intent in workspace.intents.values() for found in intent.examples.values())
    with tempfile.TemporaryDirectory() as folder:
        for name in ("trained in", "loaded in"):
            begin = time.perf_counter()
            train(workspace.intents, encoder, vocabulary=vocabulary, cache=Path(folder))
            print(f"intent model of {examples} examples {name} {time.perf_counter() - begin:.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("split", nargs="?", default="dev", choices=("dev", "test"))
    parser.add_argument("--errors", action="store_true", help="print every text that was read wrongly")
    options = parser.parse_args()
    workspace, encoder = load_workspace(ROOT), packaged_encoder()
    encoder.encode(["warm"])
    report_training(workspace, encoder)
    cache = ROOT / "var" / "cache"
    reader = build_reader(workspace, encoder=encoder, calendar=company_calendar(workspace), cache=cache)
    model = train(workspace.intents, encoder, vocabulary=vocabulary_of(workspace, order_pattern=slot_lexicon(workspace).shape.strict.pattern), cache=cache)
    intents = rows("intents", options.split)
    print(f"half: {options.split}")
    report_intents(model, intents, errors=options.errors)
    report_requests(reader, intents, rows("multi", options.split), errors=options.errors)
    report_moods(reader, rows("sentiment", options.split), errors=options.errors)
    report_speed(reader, model, encoder, lines=intents)


if __name__ == "__main__":
    main()

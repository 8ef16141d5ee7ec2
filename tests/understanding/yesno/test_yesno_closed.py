"""Open objects and facts beside a yes are closed: consent still to be got, the request's own cancellation, counter-facts and other plans are no yes."""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import pytest

from assistant.text.calendar import BusinessCalendar
from assistant.types import Hints, Language
from assistant.understanding.reader import Reader, Words
from assistant.understanding.reader_build import slot_lexicon
from assistant.understanding.safety import injection_patterns
from assistant.understanding.sentiment import mood_words
from assistant.workspace.load import load_workspace

ROOT = Path(__file__).parents[3]
TRAPS = runpy.run_path(str(Path(__file__).with_name("yesno_closed_traps.py")))
LINES = (ROOT / "evals" / "data" / "yesno_acts.jsonl").read_text(encoding="utf-8").splitlines()
PREVIEWS: dict[str, dict[str, Any]] = {row["preview"]: row for row in map(json.loads, LINES)}
NOW = datetime.fromisoformat("2026-06-01T10:00:00+08:00")
Verdict = Callable[[str, str], str]


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    workspace = load_workspace(ROOT)
    words = Words(slot_lexicon(workspace), mood_words(workspace.lexicon), injection_patterns(workspace.lexicon), BusinessCalendar(country="CN"))
    reader = Reader(cast(Any, None), words)

    def read(text: str, preview: str) -> str:
        row = PREVIEWS[preview]
        language: Language = "en" if text.isascii() else "zh-Hans"
        shown = {kind: tuple(values) for kind, values in row["shown"].items()}
        return reader.read_slots(text, Hints(language, NOW, "m1", shown=shown, act=row["act"])).verdict

    return read


@pytest.mark.parametrize("preview", TRAPS["NEVER"])
def test_what_takes_a_yes_back_is_none(preview: str, verdict: Verdict) -> None:
    assert [text for text in TRAPS["NEVER"][preview].split("|") if verdict(text, preview).startswith("yes")] == []


@pytest.mark.parametrize("preview", TRAPS["MORE"])
def test_nor_what_is_like_it(preview: str, verdict: Verdict) -> None:
    assert [text for text in TRAPS["MORE"][preview].split("|") if verdict(text, preview).startswith("yes")] == []


@pytest.mark.parametrize("preview", TRAPS["STILL"])
def test_what_is_listed_behind_a_yes_leaves_it_one(preview: str, verdict: Verdict) -> None:
    assert [text for text in TRAPS["STILL"][preview].split("|") if verdict(text, preview) != "yes"] == []

"""Yes to previews of every procedure: the act's own verbs, values, cost and reasons consent to it and to no other; whatever differs or takes back is no yes."""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable, Iterator
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
TRAPS = runpy.run_path(str(Path(__file__).with_name("yesno_act_traps.py")))
BLOCKERS = runpy.run_path(str(Path(__file__).with_name("yesno_blockers.py")))
ROWS: list[dict[str, Any]] = [json.loads(line) for line in (ROOT / "evals" / "data" / "yesno_acts.jsonl").read_text(encoding="utf-8").splitlines()]
PREVIEWS = {row["preview"]: row for row in ROWS}
HEADS = ("", "yes. ", "确认，")
BETWEEN = (" ", "，", ", ", ". ", "。", " - ", "\n")
NOW = datetime.fromisoformat("2026-06-01T10:00:00+08:00")
Verdict = Callable[..., str]


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    workspace = load_workspace(ROOT)
    words = Words(slot_lexicon(workspace), mood_words(workspace.lexicon), injection_patterns(workspace.lexicon), BusinessCalendar(country="CN"))
    reader = Reader(cast(Any, None), words)  # slots and verdict need no model of intents

    def read(text: str, preview: str) -> str:
        row = PREVIEWS[preview]
        language: Language = "en" if text.isascii() else "zh-Hans"
        shown = {kind: tuple(values) for kind, values in row["shown"].items()}
        return reader.read_slots(text, Hints(language, NOW, "m1", shown=shown, act=row["act"])).verdict

    return read


def consents() -> list[dict[str, Any]]:
    return [row for row in ROWS if row["expect"] == "yes"]


def test_replies_to_previews_of_every_act(verdict: Verdict) -> None:
    assert [row["text"] for row in ROWS if row["expect"] != "yes" and verdict(row["text"], row["preview"]).startswith("yes")] == []
    missed = [row["text"] for row in consents() if verdict(row["text"], row["preview"]) != "yes"]
    assert len(missed) <= 0.05 * len(consents()), missed


@pytest.mark.parametrize("preview", TRAPS["NEVER"])
def test_no_consent_alone_nor_behind_a_yes(preview: str, verdict: Verdict) -> None:
    texts = [f"{head}{text}" for text in TRAPS["NEVER"][preview].split("|") for head in HEADS]
    assert [text for text in texts if verdict(text, preview).startswith("yes")] == []


@pytest.mark.parametrize("preview", TRAPS["ALONE"])
def test_a_reason_is_none_without_consent(preview: str, verdict: Verdict) -> None:
    assert [text for text in TRAPS["ALONE"][preview].split("|") if verdict(text, preview).startswith("yes")] == []


def equal(blocker: str, row: dict[str, Any]) -> bool:
    """Whether a blocker takes nothing back from this preview: it names the very order, or the very act."""
    own = {"取消": "取消", "cancel that": "取消", "改地址": "收货地址", "change my address": "收货地址"}.get(blocker, "-")
    return any(number in blocker for number in row["shown"]["order"]) or own in row["act"]


def combined(words: list[str], seed: int) -> Iterator[tuple[str, str]]:
    """Every fifth consent with a blocker behind it, before it or between it and itself."""
    for index, row in enumerate(consents()):
        blocker, between = words[(index * 7 + seed) % len(words)], BETWEEN[(index * 3 + seed) % len(BETWEEN)]
        if (index + seed) % 5 or equal(blocker, row):
            continue
        text = row["text"]
        match index % 4:
            case 0:
                yield f"{blocker}{between}{text}", row["preview"]
            case 1 | 2:
                yield f"{text}{between}{blocker}", row["preview"]
            case _:
                yield f"{text}{between}{blocker}{between}{text}", row["preview"]


@pytest.mark.parametrize(("language", "name"), [(language, name) for language in ("EN", "ZH") for name in BLOCKERS[language]])
def test_no_consent_to_an_act_survives_a_blocker(language: str, name: str, verdict: Verdict) -> None:
    seed = list(BLOCKERS[language]).index(name)
    assert [text for text, preview in combined(BLOCKERS[language][name].split("|"), seed) if verdict(text, preview) == "yes"] == []


@pytest.mark.parametrize(
    "text", ["取消吧，项目停了", "yes, the customer pulled out", "register the return", "Yes, submit the claim", "好，加吧", "换吧", "送到新仓库吧", "提交理赔"]
)
def test_another_acts_words_are_no_yes(text: str, verdict: Verdict) -> None:
    assert not verdict(text, "date").startswith("yes")


@pytest.mark.parametrize(
    ("text", "preview"),
    [("960美元可以接受，取消", "fee"), ("yes, $960 is fine", "fee"), ("ok with the 10% fee, go ahead", "fee"),
        ("周一可以，改吧", "date"), ("yes, Monday works", "date"),
        ("送到浦东，没错", "address_zh"), ("对，张江路500号", "address_zh"),
        ("yes, Elm Street is right", "address_en"), ("both, yes please", "return")],
)  # fmt: skip
def test_another_rendering_of_what_is_shown_agrees(text: str, preview: str, verdict: Verdict) -> None:
    assert verdict(text, preview) == "yes"


@pytest.mark.parametrize(
    ("text", "preview"),
    [("900美元可以接受，取消", "fee"), ("yes, $690 is fine", "fee"), ("ok with the 5% fee, go ahead", "fee"),
        ("周二可以，改吧", "date"), ("yes, Tuesday works", "date"),
        ("送到浦西，没错", "address_zh"), ("对，张江路505号", "address_zh"),
        ("yes, Oak Street is right", "address_en"), ("all three, yes please", "return")],
)  # fmt: skip
def test_a_value_beside_what_is_shown_disagrees(text: str, preview: str, verdict: Verdict) -> None:
    assert not verdict(text, preview).startswith("yes")


@pytest.mark.parametrize("text", ["k", "good", "perfect", "cool", "fine", "嗯哼", "alright", "可", "okk", "yess", "中!", "ok la", "yup yup", "👌"])
def test_a_word_that_a_preview_is_answered_with_is_yes(text: str, verdict: Verdict) -> None:
    assert verdict(text, "date") == "yes"


@pytest.mark.parametrize(
    "text",
    ["1", "I'm good", "all good thanks", "好意心领了", "不用了", "whatever", "great. just great.", "uh-uh", "好好好，你们厉害", "sure, everyone loves waiting"],
)
def test_a_polite_refusal_or_irony_is_none(text: str, verdict: Verdict) -> None:
    assert not verdict(text, "date").startswith("yes")


@pytest.mark.parametrize("text", ["取消，客户那边不要了", "是的，不需要了", "yup kill it", "取消吧，项目停了", "取消，我们用别家的了"])
def test_what_is_not_wanted_is_no_refusal_to_cancel(text: str, verdict: Verdict) -> None:
    assert verdict(text, "cancel") == "yes"

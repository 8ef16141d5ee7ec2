"""Consent that is meant for something else, says only that something was read, is quoted, struck out, doubted or mocked: no yes to any preview."""

from __future__ import annotations

import json
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
LINES = (ROOT / "evals" / "data" / "yesno_acts.jsonl").read_text(encoding="utf-8").splitlines()
PREVIEWS: dict[str, dict[str, Any]] = {row["preview"]: row for row in map(json.loads, LINES)}
NOW = datetime.fromisoformat("2026-06-01T10:00:00+08:00")
Verdict = Callable[[str, str], str]

NEVER = {
    "something else": "确认付款|确认验收|确认下单|确认订购|确认采购了|我确认已付款|我确认我有权限|我确认我是本人"
    "|同意付款|同意签约|I confirm my payment|confirm delivery"
    "|I confirm that I am authorised|I confirm that we paid|we confirm the invoice|I agree that I ordered it|I confirm receipt",
    "only read": "确认已读|确认看过|确认已阅|我确认看到了|确认知道|确认了解"
    "|确认明白|同意已读|yes received|yes I see|yes, I have read it|yes noted|ok understood"
    "|I confirm that I read it|I agree that I understand|I accept that I know|I confirm I've read this|I confirm reading it|sure, got your message",
    "quoted or struck out": "> yes|>确认|》确认|yes\n> yes|~~yes~~|~~确认~~|<del>yes</del>|<s>ok</s>",
    "asked by a sign": "yes⁉️|yes⁇|确认⁉|yes‽|确认❔|yes¿",
    "mocked": "oh sure, great idea...|oh great idea|wow, brilliant plan|sure, what a great idea|呵呵好|呵呵，好的|可真好|真是好主意|好主意",
    "halting": "嗯……|嗯...|好吧……|okay...|ok…|sure...|yes..|行吧……|好的……",
    "more than one": "yes to both|ok to both of them|both yes|两个都确认|两单都取消",
}
STILL = "yes|确认|好的|ok|okay|好吧|嗯嗯|确认……|同意……|ok... do it|I confirm that I agree|知道了，确认|我看过了，同意|read and approved|I've read it, go ahead"


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    workspace = load_workspace(ROOT)
    words = Words(slot_lexicon(workspace), mood_words(workspace.lexicon), injection_patterns(workspace.lexicon), BusinessCalendar(country="CN"))
    reader = Reader(cast(Any, None), words)

    def read(text: str, preview: str) -> str:
        row = PREVIEWS[preview]
        language: Language = "en" if text.isascii() else "zh-Hans"
        shown = {kind: tuple(values) for kind, values in row["shown"].items()} | {"currency": ("USD",)}
        return reader.read_slots(text, Hints(language, NOW, "m1", shown=shown, act=row["act"])).verdict

    return read


@pytest.mark.parametrize("preview", ["date", "cancel", "fee", "address_zh", "repair", "invoice_en"])
@pytest.mark.parametrize("name", NEVER)
def test_what_is_no_consent_to_this(name: str, preview: str, verdict: Verdict) -> None:
    assert [text for text in NEVER[name].split("|") if text and verdict(text, preview).startswith("yes")] == []


@pytest.mark.parametrize("preview", ["date", "cancel", "fee", "address_zh", "repair"])
def test_what_still_is(preview: str, verdict: Verdict) -> None:
    assert [text for text in STILL.split("|") if verdict(text, preview) != "yes"] == []


def test_both_may_be_the_pieces_that_are_shown(verdict: Verdict) -> None:
    assert verdict("yes both of them", "return") == "yes"


def test_the_order_is_not_what_a_cancellation_asks_about(verdict: Verdict) -> None:
    assert [text for text in ("I confirm the order", "确认订单", "keep my order") if verdict(text, "fee").startswith("yes")] == []


@pytest.mark.parametrize("text", ["yes for 960 euros", "yes, €960", "yes 960 GBP", "确认960元", "同意960欧", "confirm 960 yuan", "yes for HK$960"])
def test_the_same_number_in_another_currency_is_another_amount(text: str, verdict: Verdict) -> None:
    assert not verdict(text, "fee").startswith("yes")


@pytest.mark.parametrize("text", ["yes for $960", "yes, 960 dollars", "yes 960 USD", "yes US$960", "确认960", "确认960美金"])
def test_the_amount_that_is_shown_is_repeated(text: str, verdict: Verdict) -> None:
    assert verdict(text, "fee") == "yes"

"""Sentences that a model might write, judged against passages and records: what is stated leaves, what is changed by one word does not."""

from __future__ import annotations

import time

import pytest

from assistant.dialog.support.judge import Ground, judge
from assistant.types import Citation, Language

SKUS = ("P-100", "P-200", "LX-20", "LX-40")
RETURNS = Ground(
    "## Returns\nUnopened goods can be returned within 15 days of delivery. We pay the return freight. Custom goods cannot be returned.", title="Returns"
)
RETURNS_ZH = Ground("## 退货\n未拆封的货可以在送达后 15 天内退货。退货运费由我们承担。定制品不能退货。", title="退货规则")
LAMPS = Ground(
    "## Lamps\n| Model | Power | Warranty |\n|---|---|---|\n| LX-20 | 20 W | 24 months |\n| LX-40 | 40 W | 36 months |",
    title="Lamps",
    products=("LX-20", "LX-40"),
)
PLANS = Ground("基础版每月 99 元，含 5 个账号；专业版每月 299 元，含 20 个账号。降级在下一个计费周期生效，升级立即生效。", title="套餐")
STORE = Ground("Store the resin below 25 °C. Open cans must be used within 6 months. Gloves are required; goggles are recommended.", title="Resin R7")
STEPS = Ground("1. Close the inlet valve.\n2. Open the vent.\n3. Remove the filter.", title="Changing the filter")
ORDER = Ground("", record={"type": "order", "number": "55001", "status": "shipped", "delivery_date": "2026-03-05", "quantity": 12, "product": "LX-20"})


def verdict(sentence: str, *grounds: Ground, receipts: bool = False) -> tuple[bool, str]:
    language: Language = "zh-Hans" if any(char > "\u3400" for char in sentence) else "en"
    found = judge(sentence, grounds, language=language, products=SKUS, receipts=receipts)
    return found.released, found.reason


@pytest.mark.parametrize(
    ("sentence", "ground"),
    [
        ("You can return unopened goods within fifteen days of delivery.", RETURNS),
        ("Unopened goods may be returned within 15 days after delivery.", RETURNS),
        ("Custom goods can't be returned.", RETURNS),
        ("未拆封的货，送达后十五天内可以退货。", RETURNS_ZH),
        ("定制品不能退货。", RETURNS_ZH),
        ("退货运费由我们承担。", RETURNS_ZH),
        ("The LX-40 has a warranty of 36 months.", LAMPS),
        ("LX-40 has a warranty of three years.", LAMPS),
        ("专业版每月 299 元。", PLANS),
        ("升级立即生效。", PLANS),
        ("Gloves are required.", STORE),
        ("Custom goods cannot be returned.", RETURNS_ZH),
        ("定制品不能退货。", RETURNS),
        ("Order 55001 has a quantity of 12.", ORDER),
    ],
)
def test_what_the_ground_states_in_other_words_is_released(sentence: str, ground: Ground) -> None:
    assert verdict(sentence, ground) == (True, "")


@pytest.mark.parametrize(
    ("sentence", "ground"),
    [
        ("You can return unopened goods within 50 days of delivery.", RETURNS),
        ("You can return unopened goods within 15 working days of delivery.", RETURNS),
        ("You can return unopened goods after 15 days of delivery.", RETURNS),
        ("You can return opened goods within 15 days of delivery.", RETURNS),
        ("You can return goods within 15 days of the order.", RETURNS),
        ("You can return all goods within 15 days of delivery.", RETURNS),
        ("You must return unopened goods within 15 days of delivery.", RETURNS),
        ("Unopened goods cannot be returned within 15 days of delivery.", RETURNS),
        ("The customer pays the return freight.", RETURNS),
        ("Custom goods can be returned.", RETURNS),
        ("Unopened goods can be returned within 15 days of delivery, and we add a free gift.", RETURNS),
        ("退货运费由客户承担。", RETURNS_ZH),
        ("定制品可以退货。", RETURNS_ZH),
        ("未拆封的货可以在送达后 15 个工作日内退货。", RETURNS_ZH),
        ("已拆封的货可以在送达后 15 天内退货。", RETURNS_ZH),
        ("The LX-20 has a warranty of 36 months.", LAMPS),
        ("The LX-40 has a power of 20 W.", LAMPS),
        ("The P-100 has a warranty of 36 months.", LAMPS),
        ("The LX-40 has a power of 40 kW.", LAMPS),
        ("基础版每月 299 元。", PLANS),
        ("专业版含 5 个账号。", PLANS),
        ("降级立即生效。", PLANS),
        ("Goggles are required.", STORE),
        ("Store the resin above 25 °C.", STORE),
        ("First remove the filter, then close the inlet valve.", STEPS),
        ("Your order 55001 has been cancelled.", ORDER),
        ("Order 55001 has a quantity of 21.", ORDER),
        ("定制品可以退货。", RETURNS),
        ("Custom goods can be returned.", RETURNS_ZH),
    ],
)
def test_one_changed_word_is_not_released(sentence: str, ground: Ground) -> None:
    assert not verdict(sentence, ground)[0]


@pytest.mark.parametrize("sentence", ["Hello!", "Let me explain.", "Hope this helps.", "希望对您有帮助。", "您好！", "如果还有其他问题，欢迎随时问我。"])
def test_a_sentence_that_states_nothing_needs_no_ground(sentence: str) -> None:
    assert verdict(sentence) == (True, "")


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("I'll arrange a pickup for you.", "promise"),
        ("我们会尽快安排同事联系您。", "promise"),
        ("I have cancelled your order.", "done"),
        ("已为您取消订单。", "done"),
        ("We guarantee a refund.", "promise"),
        ("Das Paket ist da, vielen Dank.", "unsupported"),
        ("お問い合わせありがとうございます。", "foreign"),
    ],
)
def test_promises_and_completions_have_their_own_reasons(sentence: str, reason: str) -> None:
    assert verdict(sentence, RETURNS) == (False, reason)


def test_an_answer_in_the_other_language_is_not_released() -> None:
    assert judge("You can return unopened goods.", [RETURNS], language="zh-Hans", products=SKUS).reason == "language"
    assert judge("未拆封的货可以退货。", [RETURNS_ZH], language="en", products=SKUS).reason == "language"
    # the source writes it so
    assert judge("定制品不能退货。", [RETURNS_ZH], language="zh-Hant", products=SKUS).reason == ""


def test_nothing_is_stated_by_no_ground() -> None:
    assert not verdict("The warranty is 24 months.")[0]
    assert not verdict("")[0]


def test_the_citation_is_the_exact_place() -> None:
    place = Citation("returns", 3, "returns", "", 0, 0, "Returns")
    ground = Ground(RETURNS.text, RETURNS.title, citation=place)
    found = judge("Custom goods cannot be returned.", [ground], language="en", products=SKUS)
    assert [ground.text[each.start : each.end] for each in found.citations] == ["Custom goods cannot be returned."]
    assert found.citations[0].quote == "Custom goods cannot be returned."


def test_long_and_repetitive_text_takes_no_longer_than_its_length() -> None:
    long = "the goods can be returned within 15 days and " * 200
    started = time.perf_counter()
    judge(long, [RETURNS], language="en", products=SKUS)
    judge("退" * 4000, [RETURNS_ZH], language="zh-Hans", products=SKUS)
    judge("1 " * 3000, [RETURNS], language="en", products=SKUS)
    assert time.perf_counter() - started < 20

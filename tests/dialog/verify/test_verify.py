"""What may leave and what may not: every figure with its unit, every name, every word of completion."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from assistant.dialog.verify.claims import Evidence
from assistant.dialog.verify.sentence import Sources, verify
from assistant.dialog.verify.sums import shown
from assistant.types import Citation, Language, Sentence

NOW = datetime.fromisoformat("2026-06-01T10:00:00+08:00")
PRODUCTS = ("P-100", "P-200", "SK-25", "SK-40")
ORDER: dict[str, Any] = {
    "number": "12345",
    "status": "confirmed",
    "due": "2026-06-10",
    "amount": 1600000,
    "lines": [{"sku": "P-100", "quantity": 10}],
    "fee": 0,
}


def quote(text: str, section: str = "s", title: str = "") -> Citation:
    return Citation("doc", 1, section, text, 0, len(text), title)


def reason(text: str, *citations: Citation, language: Language = "en", done: bool = False, strict: bool = False, **sources: Any) -> str:
    """Why a sentence is blocked; "" when it is kept."""
    given = Sources(**{"products": PRODUCTS, "now": NOW, **sources})
    found = verify([Sentence(text, citations)], given, language=language, done_allowed=done, strict=strict)
    return found.blocked[0][1] if found.blocked else ""


@pytest.mark.parametrize(
    ("text", "source", "blocked"),
    [
        ("The head is 32 m.", "Head: 32 m, flow: 25 m³/h", ""),
        ("The head is 23 m.", "Head: 32 m, flow: 25 m³/h", "number"),
        ("The frequency is 50 Hz.", "Head: 50 m", "number"),
        ("The head is 50 m.", "Frequency: 50 Hz", "number"),
        ("Returns within 15 days of delivery.", "Goods can be returned within 15 days.", ""),
        ("Returns within 50 days of delivery.", "Goods can be returned within 15 days.", "number"),
        ("Returns within 15 weeks.", "Goods can be returned within 15 days.", "number"),
        ("The fee is 10%.", "The fee is 10 % of the amount.", ""),
        ("The fee is 12%.", "The fee is 10 % of the amount.", "number"),
        ("The range is 4–20 mA.", "output signal | 4–20 mA", ""),
        ("The range is 0–20 mA.", "output signal | 4–20 mA", "number"),
        ("At most 1.6 MPa.", "working pressure: 0–1.6 MPa", ""),
        ("It costs US$1,600.00.", "The list price is $1,600 each.", ""),
        ("It costs US$1,650.00.", "The list price is $1,600 each.", "number"),
        ("We have been here since 2006.", "The factory was built in 2006.", ""),
        ("3 drops a minute are normal.", "No more than three drops a minute.", ""),
    ],
)
def test_a_figure_needs_a_source_with_its_unit(text: str, source: str, blocked: str) -> None:
    assert reason(text, quote(source)) == blocked


@pytest.mark.parametrize(
    ("text", "blocked"),
    [
        ("Order #12345 is for 10 pieces.", ""),
        ("Order #12345 is for 11 pieces.", "number"),
        ("The order amount is US$16,000.00.", ""),
        ("It is due on 2026-06-10.", ""),
        ("It is due on 10 June.", ""),
        ("It is due on June 10, 2026.", ""),
        ("It is due on 2026-06-11.", "date"),
        ("It is due on 11 June.", "date"),
        ("It is due on 10 June 2027.", "date"),
        ("Today is 2026-06-01.", ""),
    ],
)
def test_records_and_the_clock_support_what_they_hold(text: str, blocked: str) -> None:
    assert reason(text, records=(ORDER,)) == blocked


@pytest.mark.parametrize(
    ("text", "blocked"),
    [("交货日期是2026年6月10日。", ""), ("交货日期是6月10日。", ""), ("交货日期是6月12日。", "date"), ("一共10台。", ""), ("一共12台。", "number")],
)
def test_chinese_figures_are_checked_alike(text: str, blocked: str) -> None:
    assert reason(text, language="zh-Hans", records=(ORDER,)) == blocked


def test_a_rules_value_without_a_unit_may_stand_for_any() -> None:
    assert reason("The window is 15 days.", values=({"window_days": 15},)) == ""
    assert reason("The window is 16 days.", values=({"window_days": 15},)) == "number"


@pytest.mark.parametrize(
    ("text", "blocked"),
    [
        ("5 kg = 11.02 lb.", ""),
        ("25 m³/h = 416.67 L/min.", ""),
        ("5 kg = 12 lb.", "number"),
        ("P-100 weight: 48 kg = 105.82 lb.", ""),
        ("P-100 weight: 49 kg = 108.03 lb.", "number"),
        ("P-100 weight: 105.82 lb.", "number"),
    ],
)
def test_a_conversion_shows_both_sides(text: str, blocked: str) -> None:
    assert reason(text, quote("weight: 48 kg", "P-100")) == blocked


@pytest.mark.parametrize(
    ("text", "blocked"),
    [
        ("10 × US$1,600.00 = US$16,000.00.", ""),
        ("10 × US$1,600.00 × 95 % = US$15,200.00.", ""),
        ("10 × US$1,600.00 = US$15,000.00.", "number"),
        ("12 × US$1,600.00 = US$19,200.00.", "number"),
    ],
)
def test_arithmetic_is_recalculated(text: str, blocked: str) -> None:
    assert reason(text, values=(10, 160000, 95)) == blocked


@pytest.mark.parametrize(
    ("text", "blocked"),
    [
        ("US$1,600 plus US$400 = US$2,000.", ""),
        ("US$1,600 plus US$400 = US$640,000.", "number"),
        ("US$1,600 minus US$400 = US$1,200.", ""),
        ("US$1,600 less US$400 = US$640,000.", "number"),
        ("10 times US$1,600 = US$16,000.", ""),
        ("US$1,600 divided by 4 = US$400.", ""),
        ("1600 divided by 4 = 6400.", "number"),
        ("10 pumps and 4 seals = 40 pieces.", "number"),
        ("10 pumps and 4 × 3 seals = 120 pieces.", "number"),
        ("10 × 1,600 = 16,070.", "number"),
        ("10 × US$1,600 = US$16,000.01.", "number"),
        ("10 × (3 + 4) = 34.", "number"),
        ("10 × 1,600 = 3 × 16,000.", "number"),
        ("US$400 / 3 = US$133.33.", ""),
        ("US$400 / 3 = US$133.34.", "number"),
        ("US$1,600 / piece × 10 = US$16,000.", ""),
        ("For 10 pieces: 10 × US$1,600.00 = US$16,000.00.", ""),
        ("In total: US$1,600.00 + US$400.00 = US$2,000.00.", ""),
    ],
)
def test_only_an_operator_between_two_numbers_calculates_and_the_result_is_exact(text: str, blocked: str) -> None:
    assert reason(text, values=(10, 160000, 40000, 4, 3)) == blocked


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("1600加400=2000元", True),
        ("1600加400=640000元", False),
        ("1600减400=1200元", True),
        ("10乘以1600=16000元", True),
        ("1600除以4=400元", True),
        ("1600和400=640000元", False),
    ],
)
def test_operators_are_read_in_chinese_too(text: str, right: bool) -> None:
    sources = Sources(values=(10, 1600, 400, 4))
    assert bool(verify([Sentence(text)], sources, language="zh-Hans", done_allowed=False).kept) is right


def test_a_model_nobody_named_does_not_leave() -> None:
    assert reason("The P-300 is bigger.") == "product"
    assert reason("The P-200 is bigger.") == ""
    assert reason("The P-90 is discontinued.", quote("The P-90 was discontinued in 2019.")) == ""


ROWS = quote("P-100 has a head of 32 m; the P-200 has 50 m.")


@pytest.mark.parametrize(
    ("text", "blocked"),
    [
        ("The P-100 has a head of 32 m.", ""),
        ("The P-200 has a head of 50 m.", ""),
        ("The P-100 has a head of 50 m.", "mismatch"),
        ("The P-200 has a head of 32 m.", "mismatch"),
        ("P-200: 50 m, P-100: 32 m.", ""),
        ("P-200: 32 m, P-100: 50 m.", "mismatch"),
    ],
)
def test_a_figure_of_one_product_is_not_said_of_another(text: str, blocked: str) -> None:
    assert reason(text, ROWS, strict=True) == blocked


def test_a_citations_section_tells_whose_figure_it_is() -> None:
    assert reason("The P-100 has a head of 50 m.", quote("head: 50 m", "P-200"), strict=True) == "mismatch"
    assert reason("The P-200 has a head of 50 m.", quote("head: 50 m", "P-200"), strict=True) == ""
    assert reason("P-100: 24 months.", quote("P-100, P-200 centrifugal pump | 24 months"), strict=True) == ""


DONE_EN = [
    "Order #12345 has been cancelled.",
    "I've updated the date.",
    "We have refunded you.",
    "All set!",
    "Done.",
    "Your return is registered.",
    "I moved the delivery.",
]
DONE_ZH = ["订单已取消。", "已为您更新交货日期。", "退款成功。", "已经帮您登记。", "已处理好。", "发票已开具。"]


@pytest.mark.parametrize("text", DONE_EN)
def test_done_needs_a_receipt_of_this_turn(text: str) -> None:
    assert reason(text, records=({"number": "12345"},)) == "done"
    assert reason(text, records=({"number": "12345"},), done=True) == ""


@pytest.mark.parametrize("text", DONE_ZH)
def test_done_in_chinese_needs_a_receipt_too(text: str) -> None:
    assert reason(text, language="zh-Hans") == "done"
    assert reason(text, language="zh-Hans", done=True) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Nothing has been changed.",
        "The order cannot be cancelled any more.",
        "No order was cancelled, because it was not confirmed.",
        "The order isn't updated yet.",
    ],
)
def test_not_done_may_be_said(text: str) -> None:
    assert reason(text) == ""


def test_a_state_that_was_read_may_be_said_but_not_claimed_as_ones_own_deed() -> None:
    cancelled = {**ORDER, "status": "cancelled"}
    assert reason("The status of order #12345 is cancelled.", records=(cancelled,), statuses=("cancelled",)) == ""
    assert reason("订单 #12345 的状态是已取消。", language="zh-Hans", records=(cancelled,), statuses=("已取消",)) == ""
    assert reason("I have cancelled order #12345.", records=(cancelled,), statuses=("cancelled",)) == "done"
    assert reason("已为您取消订单 #12345。", language="zh-Hans", records=(cancelled,), statuses=("已取消",)) == "done"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We will call you back tomorrow.", "en"),
        ("I'll get back to you.", "en"),
        ("A colleague is going to contact you.", "en"),
        ("稍后会给您回电。", "zh-Hans"),
        ("我们会尽快联系您。", "zh-Hans"),
    ],
)
def test_a_promise_needs_a_receipt(text: str, language: Language) -> None:
    assert reason(text, language=language) == "promise"
    assert reason(text, language=language, done=True) == ""


POLICY = quote("Unopened goods can be returned within 15 days after delivery. Opened goods cannot be returned.")


@pytest.mark.parametrize(
    ("text", "citations", "blocked"),
    [
        ("Unopened goods can be returned within 15 days.", (POLICY,), ""),
        ("Opened goods cannot be returned.", (POLICY,), ""),
        ("Unopened goods cannot be returned within 15 days after delivery.", (POLICY,), "policy"),
        ("You must pay the freight yourself.", (POLICY,), "policy"),
        ("Returns are free of charge.", (), "policy"),
    ],
)
def test_a_policy_is_stated_as_its_source_states_it(text: str, citations: tuple[Citation, ...], blocked: str) -> None:
    assert reason(text, *citations, strict=True) == blocked


def test_a_yes_or_no_in_front_is_no_policy() -> None:
    edge = quote("P-200 适配的机械密封：SK-40（SK-40 机械密封套件）", "P-200.seal.SK-40")
    assert reason("不可以，P-200 适配的机械密封是 SK-40，不是 SK-25。", edge, language="zh-Hans", strict=True) == ""


def test_a_document_quoted_word_for_word_may_sound_like_anything() -> None:
    text = "The order is cancelled once the form has been registered; we will contact you within 3 days."
    assert reason(text, quote(f"**{text}** And more."), strict=True) == ""
    assert reason("扬程: 32 m。", quote("| 扬程 | 32 m |"), strict=True, language="zh-Hans") == ""


@pytest.mark.parametrize(
    ("text", "language", "blocked"),
    [
        ("您好，订单在这里。", "zh-Hans", ""),
        ("Here is your order.", "zh-Hans", "language"),
        ("订单在这里。", "en", "language"),
        ("#12345", "en", ""),
        ("訂單已在這裡。", "zh-Hans", "language"),
        ("订单在这里，请查阅。", "zh-Hant", "language"),
        ("訂單在這裡，請查閱。", "zh-Hant", ""),
    ],
)
def test_a_sentence_is_in_the_customers_language_and_script(text: str, language: Language, blocked: str) -> None:
    assert reason(text, language=language, records=({"number": "12345"},)) == blocked


def test_a_name_keeps_the_characters_it_was_given_in() -> None:
    assert reason("收货人是華鑫機械，没有改动。", language="zh-Hans", records=({"title": "華鑫機械"},)) == ""


def test_the_others_still_leave() -> None:
    good, bad = Sentence("The head is 32 m.", (quote("Head: 32 m"),)), Sentence("The head is 99 m.", (quote("Head: 32 m"),))
    found = verify([good, bad], Sources(products=PRODUCTS), language="en", done_allowed=False)
    assert found.kept == (good,)
    assert found.blocked == ((bad, "number"),)


@pytest.mark.parametrize("sign", ["A$", "US$", "HK$", "NT$", "$", "€", "AUD ", "CHF "])
def test_a_sum_is_shown_in_any_currency(sign: str) -> None:
    evidence = Evidence(frozenset({Decimal(3850), Decimal(4450)}), frozenset(), (), frozenset(), frozenset(), "")
    assert Decimal("8300") in shown(f"{sign}3,850.00 + {sign}4,450.00 = {sign}8,300.00", evidence)
    assert not shown(f"{sign}3,850.00 + {sign}4,450.00 = {sign}8,310.00", evidence)

"""Empty sentences, completions, promises and yes or no at the start of a sentence."""

from __future__ import annotations

import time

import pytest

from assistant.dialog.support.claims import assured, completion, promised, states_nothing, verdict


@pytest.mark.parametrize(
    "text",
    [
        "您好！",
        "感谢您的耐心等待。",
        "有需要再联系我。",
        "祝您工作顺利！",
        "Thanks for your question!",
        "Happy to help with the next step.",
        "Hope this helps.",
    ],
)
def test_greetings_wishes_and_offers_to_answer_state_nothing(text: str) -> None:
    assert states_nothing(text)


@pytest.mark.parametrize(
    "text", ["您需要付款。", "请在 3 天内联系我。", "Shipping is free.", "I will help you with the refund of 20 dollars.", "好的，已经取消。", "Yes."]
)
def test_a_claim_is_not_empty(text: str) -> None:
    assert not states_nothing(text)


@pytest.mark.parametrize("text", ["订单已取消。", "Your order has been cancelled.", "退款成功。", "We've booked it."])
def test_completions_are_seen(text: str) -> None:
    assert completion(text)


@pytest.mark.parametrize("text", ["Once the order has been shipped it cannot be changed.", "已发货的订单不能修改。", "The order cannot be cancelled."])
def test_a_supposed_state_is_no_completion(text: str) -> None:
    assert not completion(text)


def test_promises_and_assurances() -> None:
    assert promised("I'll send you the form.")
    assert promised("我们会尽快联系您。")
    assert not promised("Delivery takes 3 days.")
    assert assured("We guarantee delivery.", "Delivery takes 3 days.")
    assert not assured("我们承诺 3 天送达。", "我们承诺三天送达。")


def test_the_opening_yes_or_no_is_taken_off() -> None:
    assert verdict("No, goods cannot be returned.") == ("goods cannot be returned.", "no")
    assert verdict("可以的，15 天内能退。") == ("15 天内能退。", "yes")
    assert verdict("Goods can be returned.") == ("Goods can be returned.", "")


def test_repeated_words_take_no_longer_than_their_length() -> None:
    started = time.perf_counter()
    for text in ("您好" * 90 + "x", "有问题" * 60 + "x", "thank you " * 19 + "x"):
        assert not states_nothing(text)
    assert time.perf_counter() - started < 2

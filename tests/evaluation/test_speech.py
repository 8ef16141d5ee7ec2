"""Done-words, promises, plain yeses and languages, as a strict reader sees them."""

from __future__ import annotations

import pytest

from assistant.evaluation import speech

DONE = [
    "已更新：订单 #12345。", "订单已经为您取消。", "修改成功。", "改好了", "退货单已登记。", "訂單已取消。", "Order #12366 is cancelled, no fee.",
    "Updated: the date is new.",
    "I've changed the delivery date.", "Your return has been registered.", "Done!", "The order now goes to Dallas.",
]  # fmt: skip
NOT_DONE = [
    "没有做任何改动。", "还没有取消。", "确认取消吗？", "All right, nothing was changed.", "Nothing has been cancelled.",
    "Once you confirm, the return is registered.",
    "Shall I cancel it?", "It can no longer be cancelled.", "订单 #12345 的交货日期是 2026-06-10。", "The order has not been changed.",
]  # fmt: skip


@pytest.mark.parametrize("text", DONE)
def test_a_claim(text: str) -> None:
    assert speech.done_claims(text)


@pytest.mark.parametrize("text", NOT_DONE)
def test_no_claim(text: str) -> None:
    assert speech.done_claims(text) == ()


@pytest.mark.parametrize(
    "text",
    ["马上为您处理", "我们会尽快联系您", "稍后给您回电", "I will email you the label.", "A colleague will call you back.", "We'll look into it shortly."],
)
def test_a_promise(text: str) -> None:
    assert speech.promises(text)


@pytest.mark.parametrize("text", ["同事从 09:00 起在岗，能看到这段对话。", "They can read this conversation.", "We can call from 09:00."])
def test_no_promise(text: str) -> None:
    assert speech.promises(text) == ()


@pytest.mark.parametrize("text", ["确认", "对", "好的", "確認", "是的，取消吧", "yes", "Yes, cancel it", "ok go ahead", "sure, no problem", "没问题"])
def test_a_plain_yes(text: str) -> None:
    assert speech.is_yes(text)


@pytest.mark.parametrize("text", ["好的但改16号", "确认一下价格?", "yes if free", "not really", "不要取消", "ok wait", "算了", "6月15日", "yes but June 16"])
def test_no_plain_yes(text: str) -> None:
    assert not speech.is_yes(text)


def test_sentences_are_counted_as_read() -> None:
    assert len(speech.sentences("P-100 costs US$1,600.00 each. Do you need more?")) == 2
    assert len(speech.sentences("好的。\n订单 #12345 的状态是已确认！")) == 2


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("订单已确认", "zh"),
        ("訂單已確認，請問還有什麼需要？", "zh-Hant"),
        ("Order #12345 is confirmed.", "en"),
        ("P-100 的扬程是 32 m。", "zh"),
        ("送往 9 Main St, Dallas TX", "zh"),
    ],
)
def test_the_right_language(text: str, language: str) -> None:
    assert speech.language_fault(text, language, names=["Main St", "Dallas"]) == ""


@pytest.mark.parametrize(("text", "language"), [("订单已确认", "en"), ("訂單已確認", "zh"), ("订单已确认", "zh-Hant"), ("Order confirmed for you", "zh")])
def test_the_wrong_language(text: str, language: str) -> None:
    assert speech.language_fault(text, language)

"""Words about a change that ask for none: they forbid it, or ask and tell of one that somebody made."""

from __future__ import annotations

import pytest

from assistant.understanding.forbidding import forbids, supposed, tells


@pytest.mark.parametrize(
    "text",
    [
        "千万别取消12345", "12345千万不要取消", "不要把12345改到6月15日", "别动我的订单",
        "我没说要取消12345",
        "please keep 12366, do not cancel",
        "12366: under no circumstances cancel it", "Make sure nobody cancels 12366", "I don't think I want to cancel 12366 any more",
        "I'd hate to cancel 12366",
        "I did not ask to return 12361", "please don't touch 12366",
    ],
)  # fmt: skip
def test_what_forbids(text: str) -> None:
    assert forbids(text)


@pytest.mark.parametrize(
    "text",
    [
        "取消12345", "12346能不能取消", "我不想要12346了，帮我取消", "不要改到15号，改到16号", "别的单取消", "12345不要了",
        "I don't need 12366 anymore, please cancel it",
        "don't change the date of 12366, change the address", "cancel 12366", "can't you move it to Monday?", "why don't you cancel it",
    ],
)  # fmt: skip
def test_what_does_not(text: str) -> None:
    assert not forbids(text)


@pytest.mark.parametrize(
    "text",
    [
        "Why did you cancel 12366?", "为什么取消了12345", "谁把12345改到6月15日了", "听说12345改到6月15日了?", "我同事昨天把12345取消了",
        "Has anybody returned 12361?",
        "Did you change the address of 12366?", "Someone told me 12366 was moved to June 12", "别人能取消我的12345吗", "Can other people change my 12366?",
    ],
)  # fmt: skip
def test_what_only_tells_or_asks_of_a_change(text: str) -> None:
    assert tells(text)


@pytest.mark.parametrize("text", ["取消12345", "把12345改到6月15日", "Cancel 12366", "move 12366 to June 12", "can you change 12366 to 60 pieces?", "我要退货"])
def test_what_asks_for_one(text: str) -> None:
    assert not tells(text)


@pytest.mark.parametrize(
    "text", ["如果取消12345,BR-6205还有货吗", "我要是取消12346", "假如12345不要了,能不能换成P-200", "I might cancel 12366 later", "If I cancelled 12366"]
)
def test_what_is_only_supposed(text: str) -> None:
    assert supposed(text)


@pytest.mark.parametrize(
    "text", ["如果方便,12345改到6月15号", "要是来不及就改到15号", "如果12346还没发货就取消", "if possible move 12366 to June 20", "取消12345"]
)
def test_what_is_wished_under_a_condition(text: str) -> None:
    assert not supposed(text)

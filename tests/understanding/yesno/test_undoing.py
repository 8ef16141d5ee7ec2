"""Words that take back the very act which is open, by its own name: a no, never a yes; the act's verb alone stays what it was."""

from __future__ import annotations

import pytest

from assistant.understanding.yesno.read import read_verdict
from assistant.understanding.yesno.undoing import withdraws

CANCEL, CHANGE, RETURN = "取消订单 Cancel the order", "修改交货日期 Change the delivery date", "退货 Return goods"


@pytest.mark.parametrize(
    ("act", "text"),
    [
        (CANCEL, "cancel the cancellation"),
        (CANCEL, "undo that cancellation please"),
        (CANCEL, "hold on, reverse the cancellation"),
        (CANCEL, "un-cancel it"),
        (CANCEL, "i want the cancellation withdrawn"),
        (CANCEL, "take the cancellation back"),
        (CANCEL, "Cancel the cancelling request"),
        (CANCEL, "撤销取消"),
        (CANCEL, "把取消撤了"),
        (CANCEL, "取消这次取消"),
        (CANCEL, "取消操作"),
        (CANCEL, "把取消撤回吧"),
        (CHANGE, "cancel the change"),
        (CHANGE, "undo the move"),
        (CHANGE, "change it back"),
        (CHANGE, "put everything back to how it was"),
        (CHANGE, "改回去"),
        (CHANGE, "恢复原样吧"),
        (CHANGE, "改回原来的日期"),
        (RETURN, "call off the return"),
        (RETURN, "cancel the return"),
        (RETURN, "撤销退货"),
        (RETURN, "把退货取消了吧"),
    ],
)
def test_an_act_is_taken_back_by_its_own_name(act: str, text: str) -> None:
    assert withdraws(text, act)
    assert read_verdict(text, (), shown={"order": ("12345",)}, act=act) == "no"


@pytest.mark.parametrize("text", ["can you undo the cancellation?", "能撤销取消吗", "能不能把取消撤了？"])
def test_a_polite_question_for_it_takes_it_back_too(text: str) -> None:
    assert withdraws(text, CANCEL)


@pytest.mark.parametrize(
    ("act", "text"),
    [
        (CANCEL, "cancel it"),
        (CANCEL, "cancel the order"),
        (CANCEL, "取消"),
        (CANCEL, "确认取消"),
        (CANCEL, "取消订单"),
        (CANCEL, "取消取消"),
        (CANCEL, "what happens to the cancellation fee"),
        (CANCEL, "取消操作要多久"),
        (CHANGE, "change it"),
        (CHANGE, "cancel the order"),
        (CHANGE, "call me back"),
        (RETURN, "return it"),
        (RETURN, "撤销取消"),
    ],
)
def test_the_act_itself_or_another_one_is_not_taken_back(act: str, text: str) -> None:
    assert not withdraws(text, act)


def test_the_consent_that_names_the_act_stays_one() -> None:
    shown = {"order": ("12345",)}
    assert read_verdict("确认取消", (), shown=shown, act=CANCEL) == "yes"
    assert read_verdict("yes, cancel the order", (), shown=shown, act=CANCEL) == "yes"

"""Words about a change that ask for none: they forbid it, or ask and tell of one that somebody made."""

from __future__ import annotations

import pytest

from assistant.understanding.forbidding import asked_for, deferred, excepted, forbids, pondered, refused_next, sound, supposed, tells, wishes_otherwise


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


@pytest.mark.parametrize(
    "text",
    [
        "12370不取消", "不取消12370", "12370先不取消", "12370绝对不能取消", "12370不必取消", "没必要取消12370", "12370无需取消", "12370禁止取消",
        "严禁改期12370", "12370没有要取消",
        "取消12370?别逗了", "12370取消?不可能", "老板说取消12370,我不同意", "12370不改到6月24日", "12370能不能不改到24号", "12370不是改到6月24日",
        "12370数量不用改成45个",
        "12370别送到天河路1号", "12371不退了", "12371不开发票", "保留12370", "12370保留不变",
        "12366 must not be cancelled", "12366 is not to be cancelled", "12366 shouldn't be moved to June 24", "12366 needn't be postponed",
        "I don't want 12366 cancelled",
        "I won't cancel 12366", "we are not returning 12361", "not cancelling 12366", "make sure 12366 isn't cancelled", "prevent cancellation of 12366",
        "avoid moving 12366",
        "please hold off on cancelling 12366", "cancel 12366? no way", "keep 12366", "12366 stays as it is", "keep 12366, cancel nothing",
        "my boss says cancel 12366, I disagree",
        "don't ship 12366 to 9 Main St", "don't change 12366 to 45", "I never asked to move 12366", "no invoice for 12361 please",
        "we no longer want to return 12361",
    ],
)  # fmt: skip
def test_a_denial_of_any_act_forbids_it(text: str) -> None:
    assert forbids(text)
    assert not asked_for(text)


@pytest.mark.parametrize(
    "text",
    [
        "要不取消12370吧", "不得不取消12370", "不小心下错了,取消12370", "取消12370,不要发货了", "12370不要了,取消吧", "12370不改24号了,改到23号",
        "货没收到,取消12370", "我考虑好了,取消12370",
        "如果还没发货就取消12370", "明天到货的12370取消", "我们下周停产,取消12370", "老板说了,取消12370", "12370能取消吗", "如果方便,12345改到6月15号",
        "要是来不及就改到15号",
        "cancel 12366, don't ship it to Austin", "don't move 12366 to June 24, move it to June 23", "I don't need 12366 any more, please cancel it",
        "can't you cancel 12366?",
        "they did not deliver what we need, so cancel 12366", "I changed my mind, cancel 12366", "we moved, ship 12366 to 9 Main St",
        "please cancel 12366 and let me know if there is a fee",
        "cancel 12366. If you have questions call me.", "if possible move 12366 to June 20", "if it has not shipped yet, cancel 12366",
        "my boss says to cancel 12366", "Don't ship 12366. We no longer want it.",
        "cancel 12366 as we won't need it next week", "I'll cancel 12366", "please hold 12366 back until June 24",
    ],
)  # fmt: skip
def test_what_asks_for_an_act_is_asked_for(text: str) -> None:
    assert asked_for(text) or (wishes_otherwise(text) and "June" in text)


@pytest.mark.parametrize(
    "text",
    [
        "12370取消了吗", "12370取消没", "12370怎么被取消了", "12370被你们取消了吗", "12370是不是取消了", "我上周取消了12370", "我已经取消12370了",
        "12370怎么改到6月24日了", "谢谢帮我取消12370",
        "has 12366 been cancelled", "was 12366 moved to June 24?", "was the address of 12366 changed?", "I cancelled 12366 last week",
        "my colleague cancelled 12366",
        "why cancel 12366", "why ship 12366 to 9 Main St?", "thanks for cancelling 12366", "I returned 5 kits of 12361 already", "I did not cancel 12366",
    ],
)  # fmt: skip
def test_what_was_done_or_is_asked_about_is_told(text: str) -> None:
    assert tells(text)


@pytest.mark.parametrize(
    "text",
    [
        "该不该取消12370",
        "要不要取消12370呢",
        "我在考虑取消12370",
        "也许取消12370",
        "should I cancel 12366?",
        "maybe cancel 12366",
        "thinking about moving 12366",
    ],
)
def test_what_is_only_pondered(text: str) -> None:
    assert pondered(text)
    assert supposed(text)


@pytest.mark.parametrize(
    "text",
    [
        "明天再取消12370", "下周取消12370", "等我电话再取消12370", "再不发货我就取消", "到不了就取消12370", "不行的话取消12370",
        "除非你们降价,不然取消12370", "客户不同意的话就取消12370",
        "if it's late cancel 12366", "cancel 12366 unless it ships today", "cancel 12366 tomorrow", "cancel 12366 next week", "cancel it when I call",
        "ship today or I cancel 12366",
        "once the boss agrees, cancel 12366", "cancel 12366 on Friday",
        "unless you ship today I'll cancel 12366", "if you don't ship by Friday cancel 12366", "if not, cancel 12366",
        "if we do not hear from you, cancel 12366",
    ],
)  # fmt: skip
def test_what_is_wished_later_or_on_a_condition(text: str) -> None:
    assert deferred(text)


@pytest.mark.parametrize(
    "text", ["12371没坏", "12371没有破损", "12371不是坏了", "the goods of 12361 are not damaged", "12361 arrived without damage", "nothing is broken"]
)
def test_what_is_sound(text: str) -> None:
    assert sound(text)


@pytest.mark.parametrize("text", ["12371箱子破了,里面没坏", "12371坏了", "not only damaged but leaking", "the pump is broken, the seals are not damaged"])
def test_what_is_damaged_in_part_is_not(text: str) -> None:
    assert not sound(text)


@pytest.mark.parametrize(
    "text",
    [
        "put 12366 on hold",
        "split 12366",
        "merge 12366 and 12360",
        "pause 12366",
        "12370先暂停",
        "把12370拆单",
        "cancel the change to 12366",
        "cancel the return of 12361",
        "取消12371的退货",
    ],
)
def test_what_is_wished_and_is_no_end_of_the_order(text: str) -> None:
    assert wishes_otherwise(text)


def test_what_is_named_behind_everything_but_is_an_exception() -> None:
    assert "12366" in excepted("cancel everything but 12366")
    assert "12360" in excepted("cancel all orders except 12366 and 12360")
    assert "12370" in excepted("除了12370都取消")
    assert excepted("cancel 12366 but not 12360") == ""
    assert "12366" not in excepted("remove all but 35 from 12366")


@pytest.mark.parametrize(("text", "rest"), [("cancel 12366?", " No need, just move it to June 24"), ("取消12345?", "不用,改到24号")])
def test_a_question_that_is_answered_with_a_no_asks_for_nothing(text: str, rest: str) -> None:
    assert refused_next(text, rest)
    assert not refused_next("cancel 12366.", rest)
    assert not refused_next(text, " Not urgent though")

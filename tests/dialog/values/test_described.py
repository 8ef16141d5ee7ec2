"""Which words of a wish, or of an answer, are taken as the description that was asked for."""

from __future__ import annotations

import pytest

from assistant.dialog.values.described import asks_back, describes, free_words, said_before, telling

TITLES = ("报修", "Request repair")


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("我要报修,读数跳", "读数跳"),
        ("麻烦尽快安排维修，泵漏水，谢谢", "泵漏水"),
        ("needs repair, leaking", "leaking"),
        ("please fix it: dripping from the face", "dripping from the face"),
        ("Can you fix it? it drips", "it drips"),
    ],
)
def test_the_clauses_that_say_more_than_the_wish(text: str, described: str) -> None:
    assert describes(text, known=(), titles=TITLES) == described


@pytest.mark.parametrize(
    "text",
    [
        "我要报修,谢谢",
        "坏了,要修",
        "就是那个",
        "老板说要报修",
        "it is broken, please repair",
        "my boss wants a repair for it",
        "it just isn't right",
        "能修吗?",
    ],
)
def test_a_bare_wish_describes_nothing(text: str) -> None:
    assert describes(text, known=(), titles=TITLES) == ""


@pytest.mark.parametrize(
    ("words", "described", "asked", "taken"),
    [
        ("不转了", None, True, "不转了"),
        ("刚才说过了", "泵漏水", True, "泵漏水"),
        ("I already told you", "", True, ""),
        ("什么意思", "泵漏水", True, ""),
        ("was it delivered", "", True, ""),
        ("要一台新的,放在二楼的机房里面", None, False, "要一台新的,放在二楼的机房里面"),
        ("请改一下", None, False, ""),
        ("my boss wants a repair for this one", "", False, ""),
    ],
)
def test_what_is_taken(words: str, described: str | None, asked: bool, taken: str) -> None:
    assert free_words(words, described, asked=asked) == taken


def test_what_points_back_and_what_asks_back() -> None:
    assert said_before("see my first message")
    assert not said_before("it said E04 on the display")
    assert asks_back("what do you mean?")
    assert not asks_back("the shaft does not turn")
    assert telling("the shaft has been stuck since monday")
    assert not telling("please repair")

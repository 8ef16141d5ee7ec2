"""Conversations about goods that stay with the product meant: what was just shown, what it differs in, what is sold, and a price asked in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]
WEI, DANA = "C1/李伟", "C2/Dana Cole"


@pytest.mark.parametrize(
    ("who", "turns", "told", "never"),
    [
        (WEI, ("P-100和P-200哪个扬程高", "后者呢"), "50 m", "32 m"),
        (WEI, ("P-100和P-200哪个扬程高", "贵的那个多少钱"), "2,900", "1,600"),
        (WEI, ("P-100和P-200哪个扬程高", "轻的那台功率多大"), "4 kW", "15 kW"),
        (WEI, ("有哪些泵", "第二个的扬程"), "50 m", "32 m"),
        (WEI, ("P-100和P-200哪个扬程高", "前者多少钱", "后者的重量"), "142 kg", "48 kg"),
        (DANA, ("Compare SK-25 and SK-40", "how much is the cheaper one?"), "45", "60"),
        (DANA, ("Compare SK-25 and SK-40", "the second one please"), "40 mm", "25 mm"),
        (DANA, ("Which pumps do you have?", "how heavy is the first one?"), "48 kg", "142 kg"),
        (DANA, ("P-100 or P-200, which has more head?", "what does the latter weigh"), "142 kg", "48 kg"),
        (DANA, ("P-100 vs P-200", "and the one with less flow, its power?"), "4 kW", "15 kW"),
    ],
)
def test_a_place_or_a_quality_picks_from_what_was_shown(chat: Open, who: str, turns: tuple[str, ...], told: str, never: str) -> None:
    last = chat(who).talk(*turns)[-1]
    assert last["action"] == "reply"
    assert told in last["text"]
    assert never not in last["text"]


@pytest.mark.parametrize(
    ("who", "turns", "figures"),
    [
        (WEI, ("P-200比P-100重多少",), ("142 kg", "48 kg", "94 kg")),
        (WEI, ("P-100比P-200轻多少公斤?",), ("142 kg", "48 kg", "94 kg")),
        (WEI, ("P-200比P-100贵多少钱",), ("2,900", "1,600", "1,300")),
        (WEI, ("SK-25和SK-40哪个便宜", "差多少钱"), ("45", "60", "15.00")),
        (WEI, ("P-100和P-200流量差多少",), ("60 m³/h", "25 m³/h", "35 m³/h")),
        (DANA, ("how much heavier is the P-200 than the P-100?",), ("142 kg", "48 kg", "94 kg")),
        (DANA, ("how much cheaper is SK-25 than SK-40",), ("45", "60", "15.00")),
        (DANA, ("What's the price difference between P-100 and P-200?",), ("2,900", "1,600", "1,300")),
        (DANA, ("which is cheaper, SK-25 or SK-40", "by how much?"), ("45", "60", "15.00")),
        (DANA, ("P-100 vs P-200", "which one's lighter", "price gap?"), ("2,900", "1,600", "1,300")),
    ],
)
def test_a_difference_is_told_with_both_figures_and_their_sources(chat: Open, who: str, turns: tuple[str, ...], figures: tuple[str, ...]) -> None:
    last = chat(who).talk(*turns)[-1]
    assert all(figure in last["text"] for figure in figures)
    assert len(last["citations"]) >= 2


@pytest.mark.parametrize(
    ("who", "turns"),
    [
        (WEI, ("BR-6205的内径是多少", "电机功率呢")),
        (WEI, ("BRG-6204的内径是多少", "它的电压")),
        (WEI, ("P-100多重", "XK-77的功率", "它的重量")),
        (DANA, ("How much is the BR-6205?", "and its flow rate?")),
        (DANA, ("What's the bore of the BRG-6204?", "its weight?")),
        (DANA, ("SK-25 price", "motor power?")),
    ],
)
def test_what_a_product_does_not_have_is_no_other_product_s(chat: Open, who: str, turns: tuple[str, ...]) -> None:
    last = chat(who).talk(*turns)[-1]
    assert last["action"] == "decline"
    assert not last["citations"]


@pytest.mark.parametrize(
    ("who", "ask", "change", "suits"),
    [
        (WEI, "帮我选个泵,流量60,扬程20", "流量改成95", "没有产品"),
        (WEI, "哪个泵扬程能到30米?", "40米呢", "P-200 符合"),
        (DANA, "I need a pump for 20 m3/h at 30 m head", "sorry, the flow is 55", "P-200 meets"),
        (DANA, "which pump gives 20 m³/h?", "and at least 45 m head", "P-200 meets"),
    ],
)
def test_a_value_put_right_chooses_anew(chat: Open, who: str, ask: str, change: str, suits: str) -> None:
    chosen = chat(who).talk(ask, change)[-1]
    assert chosen["intent"] == "product.selection"
    assert suits in chosen["text"]


@pytest.mark.parametrize(
    ("who", "turns", "told", "asked"),
    [
        (WEI, ("报个价", "P-200的扬程是多少"), "50 m", "哪个产品"),
        (WEI, ("20台多少钱", "P-200的质保多久"), "24", "哪个产品"),
        (DANA, ("I need a price", "what's the head of P-200?"), "50 m", "Which product"),
        (DANA, ("price for 20 please", "what about the warranty of SK-25?"), "12 months", "Which product"),
    ],
)
def test_another_question_is_answered_while_a_price_is_open(chat: Open, who: str, turns: tuple[str, ...], told: str, asked: str) -> None:
    last = chat(who).talk(*turns)[-1]
    assert told in last["text"]
    assert asked in last["text"]


def test_a_number_of_pieces_stays_with_its_product(chat: Open) -> None:
    c = chat(WEI)
    assert "58,000" in c.talk("20台多少钱", "P-200")[-1]["text"]
    told = c.talk("20台多少钱", "SK-25多少钱一套")[-1]["text"]
    assert "45.00" in told
    assert "900" not in told


@pytest.mark.parametrize(
    ("who", "text", "name"),
    [(DANA, "Do you sell the HB-10 hose?", "HB-10"), (DANA, "Do you carry SK-25?", "SK-25"), (WEI, "你们卖P-100吗", "P-100"), (WEI, "有没有VFD-7", "VFD-7")],
)
def test_what_is_sold_is_said_with_its_place_in_the_catalogue(chat: Open, who: str, text: str, name: str) -> None:
    told = chat(who).say(text)
    assert told["action"] == "reply"
    assert name in told["text"]
    assert any(each["document"] == "catalog" for each in told["citations"])


@pytest.mark.parametrize(
    ("who", "text", "told"), [(WEI, "P-200的参数", "50 m"), (DANA, "what are the specs of the PS-20?", "4–20 mA"), (DANA, "tell me about the SK-40", "40 mm")]
)
def test_the_figures_of_a_product_are_told_as_a_whole(chat: Open, who: str, text: str, told: str) -> None:
    view = chat(who).say(text)
    assert told in view["text"]
    assert view["citations"]


def test_a_choice_that_is_refused_says_nothing_of_the_others(chat: Open) -> None:
    told = chat(DANA).say("does the P-100 reach 40 m head?")["text"]
    assert "32 m" in told
    assert "No product" not in told


@pytest.mark.parametrize(("who", "text"), [(WEI, "P-100的扬程是不是8米"), (DANA, "is the head of the P-100 8 m?")])
def test_a_supposed_value_is_answered_by_the_true_one(chat: Open, who: str, text: str) -> None:
    assert "32 m" in chat(who).say(text)["text"]

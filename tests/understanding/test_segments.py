"""Messages cut into requests: what is two stays two, what only looks like two stays one."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from assistant.types import Language
from assistant.understanding.intents.recognise import Guess
from assistant.understanding.segments import clauses, segment

# the first pattern that is found tells the intent of a text: a model that is never in doubt
RULES = {
    "human.request": r"人工|经理来|a person",
    "order.cancel": r"取消|作废|cancel",
    "order.change_date": r"改到|推迟|提前|move|push|postpone|what about the \d+",
    "aftersales.return": r"退|send back|coming back|return",
    "order.track": r"到哪|快递|where is|货收到",
    "order.status": r"什么状态|进度|好了没|status|how far",
    "product.spec": r"扬程|流量|how heavy|the head",
    "product.price": r"多少钱|报个价|how much|price",
    "product.availability": r"现货|库存|in stock|lead time",
    "complaint": r"太差|太慢|态度|disgrace|rude",
    "feedback": r"很好|质量也?没问题|superb|great quality",
    "out_of_scope": r"天气|诗|poem|weather",
    "chat.greeting": r"你好|在吗|^hello|^hi\b",
    "chat.thanks": r"谢谢|thank",
}


class Sure:
    intents = (*RULES, "unclear")

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def probabilities(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.asked.append(list(texts))
        return np.stack([self._row(text) for text in texts])

    def _row(self, text: str) -> npt.NDArray[np.float32]:
        name = next((name for name, pattern in RULES.items() if re.search(pattern, text, re.IGNORECASE)), "unclear")
        row = np.full(len(self.intents), 0.02 / (len(self.intents) - 1), dtype=np.float32)
        row[self.intents.index(name)] = 0.98
        return row

    def guess(self, row: npt.NDArray[np.float32], *, language: Language) -> Guess:
        order = [int(at) for at in row.argsort()[::-1]]
        best, next_best = order[0], order[1]
        return Guess(self.intents[best], float(row[best]), self.intents[next_best], float(row[next_best]), self.intents[best] != "unclear", 0.0)


def read(text: str) -> list[str]:
    return [part.guess.intent for part in segment(text, Sure(), language="zh-Hans")]


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("取消12370,另外P-100扬程多少?", ["order.cancel", "product.spec"]),
        ("取消12370，然后告诉我12360什么状态", ["order.cancel", "order.status"]),
        ("12345什么状态？顺便问下P-100多少钱", ["order.status", "product.price"]),
        ("VFD-7多少钱，有现货吗", ["product.price", "product.availability"]),
        ("先看看12370什么状态，没发的话推迟到6月18日", ["order.status", "order.change_date"]),
        ("12370取消掉；12350退货", ["order.cancel", "aftersales.return"]),
        ("这批轴承很好。现在有现货吗", ["feedback", "product.availability"]),
        ("cancel 12366, and tell me how far along 12360 is", ["order.cancel", "order.status"]),
        ("Where is 12365 and can you tell me the price of a P-100", ["order.track", "product.price"]),
        ("First, is 12360 finished, what status? Second, move it to July 1.", ["order.status", "order.change_date"]),
        ("Is the P-100 in stock? Also, cancel order 12366", ["product.availability", "order.cancel"]),
        ("where is 12365? And for the record, your driver was rude.", ["order.track", "complaint"]),
        ("12381什麼狀態?還有P-100多少钱", ["order.status", "product.price"]),
        ("1) where is 12365 2) cancel 12366 3) what's the price of a P-100", ["order.track", "order.cancel", "product.price"]),
        ("①取消12370 ②12360什么状态 ③P-100多少钱", ["order.cancel", "order.status", "product.price"]),
        ("the status of 12360 and a cancellation of 12366", ["order.status", "order.cancel"]),
        ("12370好了没？顺便写一首诗", ["order.status", "out_of_scope"]),
    ],
)
def test_several_requests_are_all_found_in_order(text: str, intents: list[str]) -> None:
    assert read(text) == intents


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("the truck can't come on the 10th, what about the 15th?", "order.change_date"),
        ("货收到了，质量也没问题，就是买多了，退4个", "aftersales.return"),
        ("你好,在吗?麻烦看下12365到哪了,谢谢", "order.track"),
        ("你们办事太慢!给我转人工", "human.request"),
        ("别跟我说什么退货，直接给我转人工", "human.request"),
        ("P-100的扬程和流量分别是多少", "product.spec"),
        ("取消12370，也取消12366", "order.cancel"),
        ("今天天气真不错，12345什么状态", "order.status"),
        ("Don't tell me the price, just get me a person", "human.request"),
        ("Great quality and all, but four are coming back to you", "aftersales.return"),
        ("12345，10个", "unclear"),
        ("谢谢", "chat.thanks"),
    ],
)
def test_what_looks_like_several_is_one(text: str, intent: str) -> None:
    assert read(text) == [intent]


def test_a_person_is_fetched_whatever_else_is_told() -> None:
    assert read("货到了全坏了，叫你们经理来") == ["human.request"]


def test_the_encoder_is_asked_once_and_not_for_clauses_that_cannot_be_requests() -> None:
    model = Sure()
    segment("取消12370,另外P-100扬程多少?", model, language="zh-Hans")
    assert len(model.asked) == 1
    model = Sure()
    segment("我们工地还没弄好，路也封了，12345推迟到月底吧", model, language="zh-Hans")
    assert [len(texts) for texts in model.asked] == [1]


def test_spans_cover_the_message_in_order() -> None:
    text = "你好，取消12370。另外P-100扬程多少?谢谢"
    first, second = segment(text, Sure(), language="zh-Hans")
    assert text[first.start : first.end] == "你好，取消12370。"
    assert text[second.start : second.end].startswith("另外P-100扬程多少")
    assert second.end == len(text)


@pytest.mark.parametrize("text", ["", "  ", "。。", "👍"])
def test_nothing_said_is_no_request(text: str) -> None:
    assert segment(text, Sure(), language="zh-Hans") == ()


def test_a_long_message_asks_for_few_vectors() -> None:
    model = Sure()
    segment("能不能取消12345？" * 60, model, language="zh-Hans")
    assert len(model.asked[0]) <= 9


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("P-100多少钱，还有多少库存", 2),
        ("还有货吗", 1),
        ("10,000 pieces, please", 1),
        ("Also, where is it", 1),
        ("Ship to 9 Main St, Dallas TX", 1),
        ("a and b", 1),
        ("工地没弄好，路也封了，能推迟吗", 1),
    ],
)
def test_clauses(text: str, count: int) -> None:
    assert len(clauses(text)) == count

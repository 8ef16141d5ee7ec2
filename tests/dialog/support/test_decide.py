"""The weighed decision: with an encoder other words are understood, and what a rule refuses stays refused whatever the likelihood."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pytest

from assistant.config import Config
from assistant.dialog.support.decide import likelihood
from assistant.dialog.support.judge import Ground, judge
from assistant.dialog.support.sense import Near, Sense, packaged_sense
from assistant.dialog.support.turned import turned
from assistant.errors import BackendUnavailable
from assistant.types import Language
from tests.conftest import ROOT

LEASE = Ground(
    "The minimum term is 24 months. Damage caused by third-party film is charged to the lessee. Machines stay our property. "
    "Special lengths need 15 working days and are not taken back. The lid opens only when the chamber is below 40 °C.",
    title="Lease",
)
CHARGE = Ground("A full charge takes 4.5 hours with the 4 A charger and 9 hours with the 2 A charger.", title="Battery")
STORE = Ground("冷冻库 -18 ℃ 以下，冷藏库 0–4 ℃。货损由我方按成本价赔偿，包装不良造成的除外。年检由甲方申报，乙方派人配合。", title="仓储")


class Letters:
    """An encoder that knows texts by their letters only."""

    name, version, dimension = "letters", "1", 64

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        table = np.zeros((len(texts), 64), dtype=np.float32)
        for at, text in enumerate(texts):
            for char in text:
                table[at, ord(char) % 64] += 1
        return table / np.maximum(1e-6, np.linalg.norm(table, axis=1, keepdims=True))

    def ping(self) -> str:
        return "letters"


class Broken(Letters):
    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        raise BackendUnavailable("gone")


@lru_cache
def sense() -> Sense:
    found = packaged_sense(Config(ROOT).cache)
    assert found is not None
    return found


def released(sentence: str, *grounds: Ground) -> bool:
    language: Language = "zh-Hans" if any(char > "\u3400" for char in sentence) else "en"
    return judge(sentence, grounds, language=language, products=(), sense=sense()).released


@pytest.mark.parametrize(
    ("sentence", "ground"),
    [
        ("Machines stay our property.", LEASE),
        ("Special lengths need fifteen working days and are not taken back.", LEASE),
        ("货损由我方按成本价赔偿，包装不良造成的除外。", STORE),
        ("冷冻库的温度在零下十八度以下。", STORE),
    ],
)
def test_what_is_said_leaves(sentence: str, ground: Ground) -> None:
    assert released(sentence, ground)


@pytest.mark.parametrize(
    ("sentence", "ground"),
    [
        ("The minimum term is 36 months.", LEASE),
        ("The maximum term is 24 months.", LEASE),
        ("Damage caused by third-party film is not charged to the lessee.", LEASE),
        ("Special lengths need 15 days and are not taken back.", LEASE),
        ("Special lengths need 15 working days and are taken back.", LEASE),
        ("The lid opens only when the chamber is above 40 °C.", LEASE),
        ("The lid opens when the chamber is at 60 °C.", LEASE),
        ("With the 2 A charger a full charge takes 4.5 hours.", CHARGE),
        ("Every machine stays our property for life.", LEASE),
        ("冷冻库 18 ℃ 以下。", STORE),
        ("冷藏库 -18 ℃ 以下。", STORE),
        ("货损都由我方按成本价赔偿。", STORE),
        ("年检由乙方申报。", STORE),
        ("货损由您按成本价赔偿，包装不良造成的除外。", STORE),
    ],
)
def test_one_changed_thing_does_not_leave(sentence: str, ground: Ground) -> None:
    assert not released(sentence, ground)


def test_a_record_is_taken_at_its_word() -> None:
    order = Ground("", record={"type": "order", "number": "55001", "status": "shipped", "quantity": 12})
    assert not released("Order 55001 is still open.", order)
    assert not released("Order 55001 has a quantity of 21.", order)


def test_an_encoder_that_fails_leaves_the_stricter_rules() -> None:
    said = "Machines stay our property."
    by_rules = judge(said, [LEASE], language="en", products=())
    assert by_rules.released
    assert judge(said, [LEASE], language="en", products=(), sense=Sense(Broken())) == by_rules


def test_words_and_texts_are_encoded_once() -> None:
    encoder = Letters()
    calls: list[int] = []
    plain = encoder.encode

    def counted(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        calls.append(len(texts))
        return plain(texts)

    encoder.encode = counted  # type: ignore[method-assign]
    held = Sense(encoder)
    held.need(["a", "b"])
    near = Near(held.need(["b", "c"]))
    assert calls == [2, 1]
    assert near.texts("b", "b") == pytest.approx(1.0)
    assert near.pair("b", "c") == 0.0


def test_the_second_opinion_only_ever_holds_back() -> None:
    unread = "Machines that we lend stay our property for ever and belong to us alone."
    assert not judge(unread, [LEASE], language="en", products=()).released
    assert not released(unread, LEASE)


def test_the_likelihood_needs_every_signal() -> None:
    with pytest.raises(KeyError):
        likelihood({})


@pytest.mark.parametrize(
    ("text", "other"),
    [("可以退货", "不可以退货"), ("不能退货", "能退货"), ("It can be returned", "It can not be returned"), ("It is not included", "It is included")],
)
def test_a_text_is_turned(text: str, other: str) -> None:
    assert turned(text) == other

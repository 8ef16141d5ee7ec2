"""Questions that take two steps or name no attribute: a part of a product, an amount of money, values alone; and figures that answer something else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.store.engine import open_store
from tests.dialog.answers.test_answer import Desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    root = tmp_path_factory.mktemp("parts")
    with open_store(root / "assistant.db") as store:
        made = Desk(store, root)
        yield made
        made.knowledge.close()


@pytest.mark.parametrize(
    ("question", "told", "kept_out"),
    [
        ("how much is the blade for the M-40", ("B-40", "US$29.00"), ("499", "39.00")),
        ("M-52 的刀片多少钱", ("B-52", "US$39.00"), ("799", "29.00")),
        ("What blade do I order for my M-52?", ("B-52",), ("B-40",)),
        ("which products cost under 35 dollars", ("B-40", "US$29.00"), ()),
        ("价格低于 35 美元的产品有哪些", ("B-40", "US$29.00"), ()),
        ("I need 50 cm, which mower", ("M-52", "52 cm"), ()),
    ],
)
def test_two_steps_and_unnamed_attributes(desk: Desk, question: str, told: tuple[str, ...], kept_out: tuple[str, ...]) -> None:
    text = desk.text(question)
    assert all(part in text for part in told), text
    assert not any(part in text for part in kept_out), text


def test_an_amount_in_another_currency_is_no_bound(desk: Desk) -> None:
    assert "US$" not in desk.text("哪些产品低于 35 元")


def test_a_price_is_never_taken_from_the_product_its_part_belongs_to(desk: Desk) -> None:
    assert "499" not in desk.text("how much is the bumper blade bag of the M-40")

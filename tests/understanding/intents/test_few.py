"""Words of a company's own requests against the packaged changes of an order."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assistant.understanding.intents.few import Few, few_of, grams, reconsidered
from assistant.understanding.intents.recognise import Guess
from assistant.workspace.model import Catalog, Family, Intent, ProcedureSpec, TicketKind

MOVES = {
    "en": tuple(f"{verb} order {{order}} to {{date}}" for verb in ("move", "push", "reschedule", "postpone", "delay", "shift", "bring", "change", "put", "set"))
    + tuple(
        f"can you reschedule {{order}} {word}" for word in ("please", "again", "now", "today", "soon", "for us", "this week", "a bit", "once more", "quickly")
    ),
    "zh": tuple(f"{{order}}{verb}{{date}}" for verb in ("推迟到", "改到", "延到", "提前到", "挪到", "推到", "改期到", "顺延到", "改成", "延期到"))
    + tuple(f"把{{order}}推迟{word}" for word in ("一下", "几天", "一周", "一点", "到月底", "两天", "三天", "半个月", "到下周", "到周五")),
}
PICKUP = {
    "en": ("we pick up {order} ourselves", "book a yard pickup", "our truck collects the {family}", "pickup slot on {date}", "load the flour ourselves"),
    "zh": ("{order}改自提", "我们自己来拉", "{date}自提", "约个自提时间", "面粉自提"),
}
TITLE = {"en": "Book a pickup", "zh": "预约自提"}


def company(*, examples: Mapping[str, tuple[str, ...]] = PICKUP) -> Few:
    intents = {"order.change_date": Intent("order.change_date", MOVES), "order.pickup": Intent("order.pickup", examples)}
    procedures = {
        "move": ProcedureSpec("move", {"en": "Change the date", "zh": "改日期"}, "change_delivery_date", "orders.write", ("order.change_date",)),
        "pickup": ProcedureSpec("pickup", TITLE, "open_ticket", "tickets.write", ("order.pickup",), ticket="pickup"),
    }
    tickets = {"pickup": TicketKind("pickup", "yard", {"en": "yard pickup", "zh": "自提单"})}
    catalog = Catalog(families={"flour": Family("flour", {"en": "flour", "zh": "面粉"}, {})}, attributes={}, relations={}, products={})
    return few_of(intents, procedures, tickets=tickets, catalog=catalog)


def moved(p: float, *, second: str = "", p2: float = 0.0) -> Guess:
    return Guess("order.change_date", p, second, p2, True, 0.0)


@pytest.mark.parametrize("text", ["12345 pickup on May 4", "we are picking up 12345 on May 4", "12345我们自提", "12345自提，5月4号"])
def test_a_word_that_only_the_own_request_knows_turns_the_guess(text: str) -> None:
    found = reconsidered(text, moved(0.9), company())
    assert (found.intent, found.runner_up, found.accepted) == ("order.pickup", "order.change_date", True)


@pytest.mark.parametrize("text", ["reschedule the pickup of 12345 to May 4", "12345的自提推迟到5月4号"])
def test_words_of_both_are_left_open(text: str) -> None:
    found = reconsidered(text, moved(0.99), company())
    assert (found.intent, found.runner_up) == ("order.change_date", "order.pickup")
    assert found.p == found.p2 < 0.5


@pytest.mark.parametrize("text", ["move 12345 to May 4", "12345改到5月4号", "move the flour of 12345 to May 4", "面粉那单改到5月4号"])
def test_plain_changes_and_words_of_the_catalogue_turn_nothing(text: str) -> None:
    assert reconsidered(text, moved(0.9), company()) == moved(0.9)


def test_what_changes_nothing_is_not_looked_at() -> None:
    asked = Guess("policy.question", 0.5, "", 0.0, True, 0.0)
    assert reconsidered("can we pick up ourselves?", asked, company()) == asked


def test_an_intent_with_many_examples_needs_no_help() -> None:
    many = {"en": tuple(f"pickup number {number}" for number in range(40))}
    assert company(examples=many).cues == {}


def test_two_words_are_one_and_endings_do_not_count() -> None:
    assert "pickup" in grams("picking up")
    assert "pickup" in grams("pickups")
    assert {"自", "自提"} <= set(grams("改自提"))

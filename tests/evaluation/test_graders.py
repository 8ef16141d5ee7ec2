"""Each rule of the contract passes a sound conversation and fails one with a single planted fault."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.evaluation.graders import grade
from assistant.evaluation.transcript import Bubble, Failure, Transcript
from assistant.workspace.scenario import End, Expect
from tests.evaluation import fake
from tests.evaluation.fake import GROUND, HANDOFF, MOVED, PREVIEW, RECEIPT, ROW, STATE, changed, executed, previewed, spoken, transcript, view


def rules(found: Transcript) -> set[str]:
    return {failure.rule for failure in grade(found, GROUND)}


def test_a_sound_change_passes() -> None:
    assert grade(changed(must_call=("change_delivery_date",), must_not_call=("handoff", "cancel_order")), GROUND) == ()


def test_an_end_that_differs_is_told_with_the_field() -> None:
    found = transcript(spoken("你好", view()), end=MOVED)
    assert Failure("state", 0, "order 12345 delivery_date 2026-06-10", "2026-06-15") in grade(found, GROUND)


def test_another_ticket_than_declared_fails() -> None:
    end = {**STATE, "tickets": [{"id": "tk-1", "kind": "rma", "order": "12345", "queue": "after_sales", "fields": {}}]}
    assert "state" in rules(transcript(spoken("你好", view()), end=end))
    declared = End(tickets=[{"kind": "rma", "order": "12345"}])
    assert "state" not in rules(transcript(spoken("你好", view()), end=end, declared=declared))
    twice = {**end, "tickets": [*end["tickets"], {**end["tickets"][0], "id": "tk-2"}]}  # type: ignore[misc]
    assert "state" in rules(transcript(spoken("你好", view()), end=twice, declared=declared))


CONFIRM: dict[str, dict[str, Any]] = {
    "no preview": {"first": view("好的。")},
    "a preview without the new date": {"first": {**previewed(), "text": "订单 #12345：交货日期 2026-06-10 要改。确认吗？"}},
    "a near yes": {"text": "好的但改16号"},
    "no receipt": {"answer": view("好的。")},
    "a receipt that is not named": {"answer": {**executed(), "text": "已更新：订单 #12345 的交货日期改为 2026-06-15。"}},
    "a receipt that tells something else": {"answer": {**executed(), "receipts": [{**RECEIPT, "changes": {"delivery_date": ["2026-06-10", "2026-06-16"]}}]}},
}


@pytest.mark.parametrize("name", CONFIRM)
def test_a_write_needs_its_preview_its_yes_and_its_receipt(name: str) -> None:
    assert "confirm" in rules(changed(**CONFIRM[name]))


def test_a_preview_serves_one_write_only() -> None:
    again = {**MOVED, "orders": {**MOVED["orders"], "12345": {**MOVED["orders"]["12345"], "delivery_date": "2026-06-16"}}}
    second = {**executed(), "receipts": [{**RECEIPT, "id": "rc-2", "changes": {"delivery_date": ["2026-06-15", "2026-06-16"]}}]}
    said = (spoken("改到6月15日", previewed()), spoken("确认", executed(), step=2, after=MOVED), spoken("确认", second, step=3, before=MOVED, after=again))
    assert any("a preview of its own" in failure.expected for failure in grade(transcript(*said), GROUND))


def test_a_call_back_needs_neither_preview_nor_yes() -> None:
    after = {**STATE, "tickets": [{"id": "tk-1", "kind": "callback", "order": None, "queue": "after_sales", "fields": {"phone": "13800000000"}}]}
    receipt = {"id": "rc-9", "tool": "open_ticket", "order": None, "ticket": "tk-1", "changes": {}}
    answer = view("回电预约 tk-1 已登记。回执 rc-9。", receipts=[receipt])
    assert rules(transcript(spoken("13800000000", answer, after=after), declared=End(tickets=[{"kind": "callback"}]))) == set()


@pytest.mark.parametrize("text", ["已为您取消订单 #12345。", "改好了。", "我们会尽快给您回电。", "马上处理。", "已转给售后的同事。"])
def test_what_was_not_done_must_not_be_said(text: str) -> None:
    assert "done" in rules(transcript(spoken("取消12345", view(text))))


@pytest.mark.parametrize("text", ["还没有做任何改动。", "订单 #12345 取消后不能恢复，要取消吗？", "取消要收费。"])
def test_denials_and_questions_claim_nothing(text: str) -> None:
    assert "done" not in rules(transcript(spoken("取消12345", view(text))))


def test_a_status_that_was_read_may_be_told_and_another_may_not() -> None:
    cancelled = {**STATE, "orders": {**STATE["orders"], "12345": {**fake.ORDER, "status": "cancelled"}}}
    answer = view("订单 #12345 的状态是已取消。", tools=[{"name": "get_order", "outcome": "ok"}])
    assert "done" not in rules(transcript(spoken("12345呢", answer, before=cancelled, after=cancelled)))
    assert "done" in rules(transcript(spoken("12345呢", answer)))


def test_a_reply_keeps_the_language_and_the_script() -> None:
    assert "language" in rules(transcript(spoken("你好", view("Hello, how can I help you today?"))))
    assert "language" in rules(transcript(spoken("你好", view("訂單還在處理"))))
    assert "language" in rules(transcript(spoken("hello", view("Your order 小红 is 已确认 now."), language="en")))
    assert "language" not in rules(transcript(spoken("hello", view("小陈 has your order P-100 now."), language="en")))


@pytest.mark.parametrize(
    "text", ["扬程是 47 m。", "交货日期是 2026-07-07。", "费用 US$77.00。", "优惠 12%。", "运单号 SF999。", "交货日期是 2026-06-10（周五）。"]
)
def test_invented_figures_are_found(text: str) -> None:
    assert "grounding" in rules(transcript(spoken("你好", view(text))))


@pytest.mark.parametrize(
    "text",
    [
        "订单 #12345 的交货日期是 2026年6月10日（周三）。",
        "10 台，金额 US$16,000.00。",
        "取消费 US$1,600.00（10%）。",
        "最早可以是2026年6月4日（周四）。",
        "09:00 起有人在岗。",
    ],
)
def test_figures_from_records_rules_and_the_clock_are_grounded(text: str) -> None:
    assert "grounding" not in rules(transcript(spoken("你好", view(text))))


def test_a_citation_must_be_live_and_say_what_is_quoted() -> None:
    citation = {"document": "p-100", "version": 1, "section": "specs", "quote": "扬程 47 m", "start": 0, "end": 7}
    answer = view("扬程是 47 m。", citations=[citation])
    key = ("p-100", 1, "specs")
    assert "grounding" not in rules(transcript(spoken("扬程?", answer, sections={key: "扬程 47 m，流量 25 m³/h"})))
    assert "grounding" in rules(transcript(spoken("扬程?", answer, sections={key: "扬程 32 m"})))
    assert "grounding" in rules(transcript(spoken("扬程?", answer, sections={key: None})))


def test_a_hand_off_carries_its_packet_once() -> None:
    state = {**STATE, "handoffs": [ROW]}
    declared = End(handoff={"reason": "customer_request", "queue": "after_sales"})
    answer = view("已转给售后的同事。", handoff=HANDOFF)
    assert rules(transcript(spoken("转人工", answer, after=state), declared=declared)) == set()
    bare = view("已转给售后的同事。", handoff={**HANDOFF, "summary": {"goal": ""}})
    assert "handoff" in rules(transcript(spoken("转人工", bare, after=state), declared=declared))
    twice = (spoken("转人工", answer, after=state), spoken("转人工", answer, step=2, after=state))
    assert "handoff" in rules(transcript(*twice, declared=declared))
    assert "state" in rules(transcript(spoken("转人工", answer, after=state)))
    assert "state" in rules(transcript(spoken("转人工", answer, after=state), declared=End(handoff={"queue": "claims"})))


def test_tools_that_must_and_must_not_be_called() -> None:
    assert "tools" in rules(changed(must_call=("get_order",)))
    assert "tools" in rules(changed(must_not_call=("change_delivery_date",)))
    assert "tools" in rules(transcript(spoken("转人工", view("好的。"), after={**STATE, "handoffs": [ROW]}), must_not_call=("handoff",)))


@pytest.mark.parametrize("text", ["送往 Austin TX 78735。", "运单号 SF77。", "#12360 在生产。", "这是 Northwind 的订单。"])
def test_nothing_of_another_company_goes_out(text: str) -> None:
    assert "tools" in rules(transcript(spoken("查订单", view(text))))


def test_digits_inside_an_identifier_are_no_order() -> None:
    assert "tools" not in rules(transcript(spoken("查订单", view("好的。", cards=[{"id": "cf-1a12360ef", "kind": "confirm"}]))))


def test_an_order_of_another_company_must_not_be_read() -> None:
    assert "tools" in rules(transcript(spoken("12360呢", view("没有找到 #12360。"), trace={"orders": {"12360": 3}})))
    assert "tools" not in rules(transcript(spoken("12360呢", view("没有找到 #12360。"), trace={"orders": {"12360": None}})))


def test_the_budget_counts_messages_and_the_cost_of_calls() -> None:
    assert "budget" in rules(changed(max_turns=1))
    assert "budget" in rules(transcript(spoken("你好", view(), trace={"model_calls": [{"ms": 3}]})))


EXPECT: dict[str, Expect] = {
    "intent": Expect(intent="order.cancel"),
    "action": Expect(action="ask"),
    "stage": Expect(state="collect"),
    "slot": Expect(slot={"date": "2026-06-16"}),
    "words": Expect(reply_matches=("2026-06-16",)),
    "excluded words": Expect(reply_excludes=("不收费",)),
    "writes": Expect(writes=1),
    "rule": Expect(rule="DATE.ok"),
    "citation": Expect(citations=("delivery-changes|catalog",)),
    "event": Expect(events=("access.denied",)),
    "hand-off": Expect(handoff={"reason": "ask_limit"}),
    "language": Expect(language="en"),
    "length": Expect(sentences=1),
    "requests": Expect(requests=("order.cancel",)),
}


@pytest.mark.parametrize("name", EXPECT)
def test_what_a_row_expects_of_a_turn(name: str) -> None:
    assert "expect" in rules(transcript(spoken("12345改到6月15日", previewed(), expect=EXPECT[name])))


def test_a_turn_that_is_as_expected() -> None:
    wanted = Expect(
        action="confirm", state="confirm", slot={"order": "12345"}, reply_matches=("2026-06-15",), writes=0, handoff="none", receipt=False, sentences=2
    )
    assert rules(transcript(spoken("12345改到6月15日", previewed(), expect=wanted))) == set()


@pytest.mark.parametrize(("wanted", "met"), [("p-100|catalog", True), ("p-100#spec", True), ("p-100#扬程", True), ("p-100#warranty", False), ("p-200", False)])
def test_a_citation_of_a_document_or_of_words_in_it(wanted: str, met: bool) -> None:
    citation = {"document": "p-100", "version": 1, "section": "en/specs", "quote": "扬程: 47 m", "start": 0, "end": 7}
    said = spoken("扬程?", view("扬程是 47 m。", citations=[citation]), sections={("p-100", 1, "en/specs"): "扬程: 47 m"}, expect=Expect(citations=(wanted,)))
    assert ("expect" not in rules(transcript(said))) == met


def test_the_same_words_and_the_same_facts() -> None:
    first = spoken("12399呢", view("没有找到 #12399。"))
    assert rules(transcript(first, spoken("12360呢", view("没有找到 #12360。"), step=2, expect=Expect(same_words_as=1)))) == set()
    assert "expect" in rules(transcript(first, spoken("12360呢", view("您无权查看 #12360。"), step=2, expect=Expect(same_words_as=1))))
    assert "expect" in rules(transcript(first, spoken("12345呢", view("没有找到 #12345。"), step=2, expect=Expect(same_as=1))))


def test_a_second_yes_names_the_earlier_receipt() -> None:
    repeated = view("这一件之前已办好：已更新。回执 rc-1。", receipts=[RECEIPT])
    said = (*changed().spoken, spoken("确认", repeated, step=3, before=MOVED, after=MOVED, expect=Expect(writes=0, receipt=True)))
    assert rules(transcript(*said, declared=End(orders={"12345": {"delivery_date": "2026-06-15"}}))) == set()


def test_a_bubble_that_comes_twice_after_a_lost_connection() -> None:
    base = changed()
    bubbles = [Bubble("c", n, role, f"{role}{n}", PREVIEW) for n, role in enumerate(("customer", "assistant") * 2, 1)]
    sound = Transcript(base.scenario, base.start, base.end, base.spoken, (), tuple(bubbles))
    assert rules(sound) == set()
    doubled = Transcript(base.scenario, base.start, base.end, base.spoken, (), (*bubbles, bubbles[-1]))
    assert rules(doubled) == {"expect"}

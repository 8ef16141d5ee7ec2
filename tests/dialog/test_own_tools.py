"""A small company with tools of its own, in whole conversations: a look-up shows its result, a change is previewed, done once, and never in doubt."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.app import Company, build
from assistant.config import Config
from assistant.knowledge.encode import packaged_encoder
from assistant.tools.rules import compile_rules
from assistant.tools.whole import load_whole
from assistant.understanding.reader_build import build_reader
from assistant.workspace.calendar import company_calendar
from assistant.workspace.scaffold import init_workspace
from tests.conftest import ROOT, Chat
from tests.far import Far

MONDAY = datetime.fromisoformat("2026-03-02T09:00:00+01:00")
FEW = 12
INTENTS = """
  account.credit:
    examples: {zh: [我们的信用额度是多少, 还剩多少额度, 查一下额度], en: [what is our credit limit, how much credit is left, check our credit line]}
  visit.request: {examples: {zh: [预约工程师上门, 想约工程师来一趟], en: [book an engineer visit, send an engineer to us, schedule an engineer on site]}}
  account.close: {examples: {zh: [注销账户, 我要关闭账户], en: [close our account, please terminate our account]}}
  order.pallets: {examples: {zh: [订单要几个托盘, 占几个托盘], en: [how many pallets does the order take, number of pallets for an order]}}
"""
PROCEDURES = """
  credit:
    title: {zh: 查询额度, en: Credit limit}
    intents: [account.credit]
    tool: credit_limit
    permission: orders.read
    confirm: false
    answer:
      zh: "{% if result %}剩余额度 {{ result.left|money }}。{% else %}没有为您设额度。{% endif %}"
      en: "{% if result %}{{ result.left|money }} of your credit is left.{% else %}You have no credit line.{% endif %}"
  visit:
    title: {zh: 预约上门, en: Book a visit}
    intents: [visit.request]
    tool: book_visit
    permission: tickets.write
    slots:
      date: {type: date, ask: {zh: 想约哪一天？, en: Which day?}}
    arguments: {day: "new.date"}
    preview: {zh: "预约 {{ new.date|iso }} 上门。确认吗？", en: "A visit on {{ new.date|iso }}. Shall I book it?"}
    receipt: {zh: "已预约。回执 {{ receipt.id }}。", en: "Booked. Receipt {{ receipt.id }}."}
  close:
    title: {zh: 注销账户, en: Close the account}
    intents: [account.close]
    tool: close_account
    permission: orders.write
    preview: {zh: "将注销您公司的账户。确认吗？", en: "Your company's account will be closed. Shall I pass this on?"}
    receipt: {zh: "回执 {{ receipt.id }}。", en: "Receipt {{ receipt.id }}."}
  pallets:
    title: {zh: 托盘数, en: Pallets of an order}
    intents: [order.pallets]
    tool: pallets
    permission: orders.read
    confirm: false
    slots:
      order: {type: order, ask: {zh: 哪一单？, en: Which order?}}
    arguments: {order: "order.number"}
    answer: {zh: "订单 #{{ order.number }} 占 {{ result.pallets }} 个托盘。", en: "Order #{{ order.number }} takes {{ result.pallets }} pallets."}
"""
CODE = '''
from assistant.tools.registry import Done, Use, tool

CALLS = []


@tool("read", "orders.read")
async def pallets(use: Use, *, order: str) -> Done:
    """How many pallets an order takes."""
    assert use.order is not None and use.order.company == use.principal.company
    return Done({"pallets": -(-sum(line.quantity for line in use.order.lines) // 20)})
'''


def tools(url: str) -> dict[str, Any]:
    write = {"effect": "write", "url": url}
    return {
        "credit_limit": {
            "description": "Credit left.", "url": url, "operation": "GET /credit/{company}", "permission": "orders.read", "result": "data.credit",
            "arguments": {"company": {"in": "path", "from": "company"}}, "token_env": "FAR_TOKEN",
        },
        "book_visit": {
            **write, "description": "Books a visit.", "operation": "POST /visits", "permission": "tickets.write", "arguments": {"day": {"in": "body"}},
            "idempotency_header": "Idempotency-Key", "read_back": "GET /visits/by-key/{key}", "receipt": "visit.id",
        },
        "close_account": {**write, "description": "Closes it.", "operation": "POST /close", "permission": "orders.write", "person": True},
    }  # fmt: skip


@pytest.fixture(scope="module")
def far() -> Iterator[Far]:
    found = Far()
    yield found
    found.close()


@pytest.fixture(scope="module")
def labware(far: Far, tmp_path_factory: pytest.TempPathFactory) -> Company:
    root = tmp_path_factory.mktemp("own") / "company"
    init_workspace(root)
    (root / "corpus/tools.yaml").write_text(json.dumps({"tools": tools(far.url)}), encoding="utf-8")
    (root / "tools").mkdir()
    (root / "tools/pallets.py").write_text(CODE, encoding="utf-8")
    for name, more in (("corpus/intents.yaml", INTENTS), ("corpus/procedures.yaml", PROCEDURES), ("assistant.toml", "\n[tools]\nallow_code = true\n")):
        path = root / name
        path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + more, encoding="utf-8")
    workspace = load_whole(root)
    # some of the standard examples are enough to tell these requests apart, and are learnt in a second
    few = {name: replace(each, examples={of: said[:FEW] for of, said in each.examples.items()}) for name, each in workspace.intents.items()}
    encoder = packaged_encoder(Config(ROOT).cache)
    reader = build_reader(replace(workspace, intents=few), encoder=encoder, calendar=company_calendar(workspace))
    return Company(workspace, compile_rules(workspace), reader, encoder)


@pytest.fixture
def talk(labware: Company, far: Far, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Chat]]:
    monkeypatch.setenv("FAR_TOKEN", "t-1")
    far.asked.clear()
    far.answers.clear()
    chat = Chat(build(Config(labware.workspace.root, tmp_path / "state", clock=MONDAY), company=labware))
    yield chat.as_
    chat.end()


def test_a_look_up_shows_what_the_other_system_says(talk: Callable[[str], Chat], far: Far) -> None:
    far.answers[:] = [(200, {"data": {"credit": {"left": 123_450}}}), (404, {}), (200, {"data": {"credit": {"left": 7_00}}})]
    ana = talk("L1/Ana Petrov")
    view = ana.say("What is our credit limit?")
    assert "1,234.50" in view["text"]
    assert [each["name"] for each in view["tools"]] == ["credit_limit"]
    assert "no credit line" in ana.say("How much credit is left?")["text"]
    assert "7.00" in talk("L2/陈静").say("我们的信用额度是多少？")["text"]
    assert [each["line"] for each in far.asked] == ["GET /api/credit/L1", "GET /api/credit/L1", "GET /api/credit/L2"]
    assert far.asked[0]["headers"]["Authorization"] == "Bearer t-1"


@pytest.mark.parametrize("answer", [(500, {}), (200, b"<html>"), None])
def test_a_system_that_fails_brings_a_person(talk: Callable[[str], Chat], far: Far, answer: tuple[int, Any] | None) -> None:
    far.answers[:] = [answer] if answer else []
    view = talk("L1/Ana Petrov").say("What is our credit limit?")
    assert (view["action"], view["handoff"]["reason"]) == ("handoff", "tool_failed")


def test_a_change_is_previewed_and_done_once(talk: Callable[[str], Chat], far: Far) -> None:
    far.answers[:] = [(201, {"visit": {"id": "V-7"}})]
    ana = talk("L1/Ana Petrov")
    preview = ana.say("Book an engineer visit on 16 March 2026")
    assert (preview["action"], "2026-03-16" in preview["text"]) == ("confirm", True)
    assert far.asked == []
    done = ana.say("yes")
    assert "V-7" in done["text"]
    assert [receipt["id"] for receipt in done["receipts"]] == ["V-7"]
    assert far.asked[0]["body"] == {"day": "2026-03-16"}
    assert far.asked[0]["headers"]["Idempotency-Key"]
    assert "V-7" in ana.say("yes")["text"]
    assert len(far.asked) == 1


def test_a_no_changes_nothing(talk: Callable[[str], Chat], far: Far) -> None:
    ana = talk("L1/Ana Petrov")
    ana.talk("Book an engineer visit on 16 March 2026", "no")
    assert far.asked == []


@pytest.mark.parametrize(("back", "receipt"), [((200, {"visit": {"id": "V-8"}}), True), ((404, {}), False), ((500, {}), False)])
def test_an_unknown_outcome_is_read_back_and_never_repeated(talk: Callable[[str], Chat], far: Far, back: tuple[int, Any], receipt: bool) -> None:
    far.answers[:] = [(500, {}), back]
    ana = talk("L1/Ana Petrov")
    ana.say("Book an engineer visit on 16 March 2026")
    view = ana.say("yes")
    assert [each["line"].split("/api/")[0] for each in far.asked] == ["POST ", "GET "]
    assert ("V-8" in view["text"]) is receipt
    assert (view["action"] == "handoff") is not receipt
    key = far.asked[0]["headers"]["Idempotency-Key"]
    assert far.asked[1]["line"].endswith(key)
    assert ana.loop.run_until_complete(ana.assistant.recover()) == 0


def test_what_a_person_does_is_agreed_to_and_passed_on(talk: Callable[[str], Chat], far: Far) -> None:
    ana = talk("L1/Ana Petrov")
    assert ana.say("Please close our account")["action"] == "confirm"
    view = ana.say("yes")
    assert (view["action"], view["handoff"]["reason"], view["receipts"]) == ("handoff", "policy_human_only", [])
    assert far.asked == []


def test_a_python_tool_gets_an_order_that_is_the_customers(talk: Callable[[str], Chat], far: Far) -> None:
    ana = talk("L1/Ana Petrov")
    assert "3 pallets" in ana.say("How many pallets does order 7001 take?")["text"]
    foreign, missing = (talk("L1/Ana Petrov").say(f"How many pallets does order {number} take?") for number in ("7004", "7999"))
    assert foreign["text"].replace("7004", "N") == missing["text"].replace("7999", "N")
    assert "pallets" not in [each["name"] for each in foreign["tools"] if each["outcome"] == "ok"]

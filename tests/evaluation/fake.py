"""A scripted subject and short ways to make scenarios and transcripts; nothing of the product runs behind it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from assistant.evaluation.ground import Ground
from assistant.evaluation.transcript import Bubble, Spoken, Transcript
from assistant.text.calendar import BusinessCalendar
from assistant.workspace.scenario import Contact, End, Expect, Scenario, Turn

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
ORDER = {
    "status": "confirmed",
    "delivery_date": "2026-06-10",
    "items": [{"sku": "P-100", "quantity": 10}],
    "ship_to": "Suzhou",
    "amount": 1600000,
    "currency": "USD",
    "fee": 0,
}
STATE: Mapping[str, Any] = {"orders": {"12345": ORDER, "12360": {**ORDER, "ship_to": "Austin TX 78735"}}, "tickets": [], "handoffs": [], "conversations": 0}
_FACTS = {"placed": "2026-05-20", "delivered": "", "due": "2026-06-10", "invoiced": "", "tracking": "", "skus": ("P-100",)}
GROUND = Ground(
    zone=ZoneInfo("Asia/Shanghai"),
    exponent=2,
    calendar=BusinessCalendar(days_off=frozenset({date(2026, 6, 19)})),
    orders={"12345": {**_FACTS, "company": "C1", "ship_to": "Suzhou"}, "12360": {**_FACTS, "company": "C2", "tracking": "SF77", "ship_to": "Austin TX 78735"}},
    parameters=(3, 10, 15, 60),
    prices={"P-100": 160000, "P-200": 290000},
    names=("P-100", "小陈"),
    people={"C1": ("华峰机械", "李伟"), "C2": ("Northwind", "Dana Cole")},
    hours=("09:00", "18:00"),
    free=frozenset({"callback"}),
    statuses={"confirmed": ("已确认", "confirmed"), "cancelled": ("已取消", "cancelled")},
)
PREVIEW = "订单 #12345：交货日期 2026-06-10 改为 2026-06-15（周一），不收费。确认修改吗？"
RECEIPT = {"id": "rc-1", "tool": "change_delivery_date", "order": "12345", "ticket": None, "changes": {"delivery_date": ["2026-06-10", "2026-06-15"]}}
DONE = "已更新：订单 #12345 的交货日期从 2026-06-10 改为 2026-06-15。回执 rc-1。"
MOVED = {**STATE, "orders": {**STATE["orders"], "12345": {**ORDER, "delivery_date": "2026-06-15"}}}
PACKET = {"goal": "改期", "slots": {}, "tried": [], "sentiment": 0.0, "evidence": [], "next": "", "messages": ["m1"], "attachments": []}
HANDOFF = {"reason": "customer_request", "queue": "after_sales", "priority": "P3", "skills": [], "summary": PACKET}
ROW = {"reason": "customer_request", "queue": "after_sales", "priority": "P3", "skills": [], "state": "queued", "assigned_to": None}


def view(text: str = "好的。", **more: Any) -> dict[str, Any]:
    """A staff view with nothing in it beside `text` and what is given."""
    plain = {
        "turn": "t",
        "text": text,
        "language": "zh-Hans",
        "action": "reply",
        "reason": "",
        "intent": "",
        "citations": [],
        "receipts": [],
        "tools": [],
        "rule": None,
    }
    return {**plain, "events": [], "requests": [], "handoff": None, "procedure": None, "cards": [], **more}


def previewed() -> dict[str, Any]:
    return view(PREVIEW, action="confirm", procedure={"name": "change_date", "stage": "confirm", "slots": {"order": "12345", "date": "2026-06-15"}})


def executed() -> dict[str, Any]:
    return view(DONE, action="execute", receipts=[RECEIPT], tools=[{"name": "change_delivery_date", "outcome": "ok"}])


def scenario(*turns: Turn, end: End | None = None, **more: Any) -> Scenario:
    values: dict[str, Any] = {
        "id": "T1",
        "language": "zh",
        "as_": Contact("C1", "李伟"),
        "clock": NOW,
        "turns": turns or (Turn(say="你好"),),
        "end": end or End(),
    }
    return Scenario(**{**values, **more})


def spoken(text: str, answer: Mapping[str, Any], *, step: int = 1, before: Mapping[str, Any] = STATE, after: Mapping[str, Any] = STATE, **more: Any) -> Spoken:
    values = {
        "turn": Turn(say=text, expect=more.pop("expect", Expect())),
        "conversation": "c",
        "company": "C1",
        "contact": "李伟",
        "message": f"m{step}",
        "at": NOW,
        "language": "zh",
    }
    return Spoken(step=step, text=text, view=answer, before=before, after=after, **{**values, **more})


def transcript(*said: Spoken, end: Mapping[str, Any] | None = None, declared: End | None = None, **more: Any) -> Transcript:
    made = scenario(*(one.turn for one in said), end=declared, **more)
    return Transcript(made, STATE, end if end is not None else (said[-1].after if said else STATE), said)


def changed(text: str = "确认", *, answer: Mapping[str, Any] | None = None, first: Mapping[str, Any] | None = None, **more: Any) -> Transcript:
    """A date change that went well, save for what is given."""
    said = (spoken("12345改到6月15日", first or previewed()), spoken(text, answer or executed(), step=2, after=MOVED))
    return transcript(*said, declared=End(orders={"12345": {"delivery_date": "2026-06-15"}}), **more)


class Scripted:
    """A subject whose answers are a function of what is said; it keeps what it was told and can change its state."""

    def __init__(self, answer: Callable[[Scripted, str], Mapping[str, Any]], *, parts: frozenset[str] = frozenset()) -> None:
        self.ground = GROUND
        self.parts = parts
        self.heard: list[str] = []
        self.did: list[str] = []
        self.now = NOW
        self._answer = answer
        self._state: dict[str, Any] = {}
        self._log: list[Bubble] = []

    async def reset(self, at: datetime) -> None:
        self._state = copy.deepcopy(dict(STATE))
        self._log = []
        self.now = at

    def set_clock(self, at: datetime) -> None:
        self.now = at

    def write(self, order: str, **fields: Any) -> None:
        self._state["orders"][order] |= fields

    async def open(self, contact: Contact) -> str:
        self.did.append(f"open {contact.label}")
        return f"c-{len(self.did)}"

    async def say(self, conversation: str, text: str, *, message: str, files: Sequence[Path] = ()) -> Mapping[str, Any]:
        self.heard.append(text)
        answer = self._answer(self, text)
        self._log.append(Bubble(conversation, len(self._log) + 1, "customer", message, text))
        self._log.append(Bubble(conversation, len(self._log) + 1, "assistant", f"t{len(self._log)}", str(answer["text"])))
        return answer

    async def agent_says(self, conversation: str, *, agent: str, text: str) -> None:
        self.did.append(f"{agent}: {text}")

    async def agent_closes(self, conversation: str, *, agent: str) -> None:
        self.did.append(f"{agent} closes")

    async def kill_model(self) -> None:
        self.did.append("kill")

    async def state(self) -> Mapping[str, Any]:
        return copy.deepcopy(self._state)

    async def trace(self, turn: str) -> Mapping[str, Any]:
        return {}

    async def section(self, document: str, version: int, section: str) -> str | None:
        return None

    async def log(self, conversation: str, *, after: int = 0) -> Sequence[Bubble]:
        return [bubble for bubble in self._log if bubble.seq > after]

    async def close(self) -> None:
        self.did.append("closed")


def moves_dates(subject: Scripted, text: str) -> Mapping[str, Any]:
    """Previews whatever is said and executes a 确认."""
    if text != "确认":
        return previewed()
    subject.write("12345", delivery_date="2026-06-15")
    return executed()

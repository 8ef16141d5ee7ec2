"""Whatever a program calls over MCP: a result or an error in MCP's form, nothing written, and nothing of another company in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.app import Company
from assistant.config import Config
from tests.conftest import MONDAY, ROOT
from tests.serving import DANA, DOCS, LI, READER, STAFF, Serving, serving, with_keys

FUZZ = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TOOLS = (
    "search_knowledge",
    "product_facts",
    "find_orders",
    "get_order",
    "track_order",
    "ask",
    "propose",
    "cancel_order",
    "confirm",
    "start_procedure",
    "",
    "x" * 500,
)
FOREIGN = ("12366", "12360", "12361")
NUMBERS = ("12345", *FOREIGN, "99999", "", " ", "*", "%", "12345; DROP TABLE orders", "../12345", "１２３６６", "12345\u0000", "\ud800")
WORDS = (
    "yes",
    "确认",
    "Yes, do it.",
    "好的，确认",
    "cancel 12345",
    "把12345的交期改到6月15日",
    "I confirm everything, the customer agreed.",
    "",
    "?",
    "🙂",
    "\u0000",
    "a" * 9_000,
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.text(max_size=12)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=5,
)
ARGUMENTS = st.fixed_dictionaries(
    {},
    optional={
        "order": st.sampled_from(NUMBERS) | JSON,
        "message": st.sampled_from(WORDS) | JSON,
        "query": st.sampled_from(("return window", "退货", "内部 折扣 权限", "", "\ud800")) | JSON,
        "product": st.sampled_from(("P-100", "p-100", "P-999", "", "🙂")) | JSON,
        "conversation": st.sampled_from(("foreign", "mine", "cv-none", "", "x" * 5_000)) | JSON,
        "company": st.just("C2"),
        "confirmed": st.just(True),
    },
)
CALLS = st.tuples(st.sampled_from(TOOLS), ARGUMENTS)
# a call as it was meant, now and then: so that more than refusals is met
MEANT = st.one_of(
    st.tuples(st.sampled_from(("get_order", "track_order")), st.sampled_from(NUMBERS).map(lambda number: {"order": number})),
    st.tuples(
        st.sampled_from(("ask", "propose")),
        st.tuples(st.sampled_from(WORDS), st.sampled_from(("foreign", "mine"))).map(lambda two: {"message": two[0], "conversation": two[1]}),
    ),
)
METHODS = ("tools/call", "tools/list", "initialize", "ping", "resources/list", "prompts/get", "logging/setLevel", "sampling/createMessage", "", "x")


@pytest.fixture(scope="module")
def served(company: Company, prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    state = shutil.copytree(prepared, tmp_path_factory.mktemp("mcp-fuzz") / "state")
    with serving(Config(ROOT, state, clock=MONDAY), with_keys(company)) as running:
        yield running


@pytest.fixture(scope="module")
def client(served: Serving) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.url, timeout=30) as found:
        yield found


def _previewed(served: Serving, label: str, words: str) -> str:
    who = served.run(served.assistant.principal(label))
    conversation = served.run(served.assistant.open_conversation(who, channel="test"))
    assert served.run(served.assistant.say(who, conversation, text=words))["action"] == "confirm"
    return conversation


@pytest.fixture(scope="module")
def waiting(served: Serving) -> dict[str, str]:
    """Conversations with a preview that waits for a yes: one of Li's company, one of Dana's."""
    return {"mine": _previewed(served, "C1/李伟", "把12345的交期改到6月15日"), "foreign": _previewed(served, "C2/Dana Cole", "cancel order 12366")}


def _post(client: httpx.Client, data: Any, *, key: str = LI) -> httpx.Response:
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    shown = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    return client.post("/mcp", content=content, headers=shown)


@FUZZ
@given(CALLS | MEANT, st.sampled_from((LI, LI, DOCS, STAFF, READER)))
def test_any_call_gets_a_result_or_an_error_and_writes_nothing(
    served: Serving, client: httpx.Client, waiting: dict[str, str], made: tuple[str, dict[str, Any]], key: str
) -> None:
    name, arguments = made
    given_there = arguments.get("conversation")
    if isinstance(given_there, str):
        arguments = {**arguments, "conversation": waiting.get(given_there, given_there)}
    before = served.run(served.assistant.state())["orders"]
    answer = _post(client, {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments}}, key=key)
    assert answer.status_code in (200, 400), answer.text
    told = answer.json()
    if "result" in told:
        result = told["result"]
        assert bool(result.get("isError")) is ("error" in result["structuredContent"])
        assert result["structuredContent"].get("status") != "done"
        assert result["structuredContent"].get("error", {}).get("code") != "internal", answer.text
    else:
        assert told["error"]["message"]
    assert served.run(served.assistant.state())["orders"] == before
    if key == LI:
        assert not any(secret in answer.text for secret in ("Northwind", "Dana Cole", waiting["foreign"]))


@FUZZ
@given(st.sampled_from(METHODS), JSON, st.sampled_from((1, "a", None, -1, 1.5, {}, [])))
def test_any_message_gets_an_answer_of_the_protocol(client: httpx.Client, method: str, params: Any, number: Any) -> None:
    answer = _post(client, {"jsonrpc": "2.0", "id": number, "method": method, "params": params})
    assert 200 <= answer.status_code < 500, answer.text
    if answer.content:
        assert answer.json()["jsonrpc"] == "2.0"


@FUZZ
@given(st.binary(max_size=80) | JSON.map(lambda value: json.dumps(value).encode()) | st.just(b"[" * 50_000))
def test_any_body_is_refused_without_a_fault_of_ours(client: httpx.Client, data: bytes) -> None:
    assert 200 <= _post(client, data).status_code < 500


def test_a_preview_of_another_company_is_left_as_it_is(served: Serving, client: httpx.Client) -> None:
    waiting = _previewed(served, "C2/Dana Cole", "cancel order 12366")
    for tool in ("ask", "propose"):
        call = {"name": tool, "arguments": {"message": "yes", "conversation": waiting}}
        told = [_post(client, {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}, key=key).json()["result"] for key in (LI, DANA)]
        assert told[0]["structuredContent"]["error"]["code"] == "not_found"
        assert told[1]["structuredContent"]["status"] == "needs_confirmation"
    assert served.order("12366")["status"] != "cancelled"

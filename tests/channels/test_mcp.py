"""The MCP server by the SDK's own client, over HTTP and over standard input and output: who calls sees what is theirs, and no tool changes anything."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from assistant.api.keys import hash_of
from assistant.app import Company
from assistant.channels.mcp import make_server
from assistant.channels.mcp_tools import Caller, nobody
from assistant.config import Config
from assistant.tools.authority import channel_of
from tests.conftest import MONDAY, ROOT
from tests.serving import DANA, DOCS, LI, READER, STAFF, Serving, serving, with_keys

MOVE = "把12345的交期改到6月15日"
EVERYBODY = {"search_knowledge", "product_facts", "ask"}
READS = {"find_orders", "get_order", "track_order"}


@pytest.fixture(scope="module")
def served(company: Company, prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    state = shutil.copytree(prepared, tmp_path_factory.mktemp("mcp") / "state")
    with serving(Config(ROOT, state, clock=MONDAY), with_keys(company)) as running:
        yield running


@asynccontextmanager
async def connected(served: Serving, key: str, mode: str = "auto") -> AsyncIterator[Client]:
    async with (
        httpx2.AsyncClient(headers={"Authorization": f"Bearer {key}"}) as http,
        Client(streamable_http_client(f"{served.url}/mcp", http_client=http), mode=mode) as client,
    ):
        yield client


async def call(client: Client, name: str, **arguments: Any) -> dict[str, Any]:
    found = await client.call_tool(name, arguments)
    assert found.is_error is ("error" in found.structured_content)
    return dict(found.structured_content)


async def offered(client: Client) -> set[str]:
    return {tool.name for tool in (await client.list_tools()).tools}


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_customers_key_sees_its_own_orders_and_documents(served: Serving, mode: str) -> None:
    async with connected(served, LI, mode) as client:
        assert await offered(client) == EVERYBODY | READS | {"propose"}
        orders = (await call(client, "find_orders"))["orders"]
        assert {order["number"] for order in orders} == {number for number, row in served.run(served.assistant.state())["orders"].items() if row} & {
            order["number"] for order in orders
        }
        assert "12345" in {order["number"] for order in orders}
        assert (await call(client, "get_order", order="＃12345"))["order"]["number"] == "12345"
        assert (await call(client, "track_order", order=" #12345 "))["shipment"]["due"] == "2026-06-10"
        assert any("15" in each["text"] for each in (await call(client, "search_knowledge", query="退货期限是多久"))["passages"])
        assert (await call(client, "product_facts", product="p-100"))["sku"] == "P-100"
        answer = await call(client, "ask", message="退货期限是多久？")
        assert (answer["status"], answer["citations"][0]["document"]) == ("answered", "returns")
        gone_on = await call(client, "ask", message="谢谢", conversation=answer["conversation"])
        assert gone_on["conversation"] == answer["conversation"]


async def test_a_foreign_order_and_a_missing_one_are_told_alike(served: Serving) -> None:
    foreign = next(number for number in served.run(served.assistant.state())["orders"] if number not in ("12345",) and number.startswith("1236"))
    async with connected(served, LI) as client:
        own = {order["number"] for order in (await call(client, "find_orders"))["orders"]}
        assert foreign not in own
        for tool in ("get_order", "track_order"):
            told = [await call(client, tool, order=number) for number in (foreign, "99999", "", "'; DROP TABLE orders", "../12345")]
            assert all(each == told[0] for each in told)
            assert told[0]["error"]["code"] == "not_found"


async def test_proposing_previews_and_no_tool_says_yes(served: Serving) -> None:
    async with connected(served, LI) as client:
        proposed = await call(client, "propose", message=MOVE)
        assert (proposed["status"], "2026-06-15" in proposed["text"]) == ("needs_confirmation", True)
        conversation = proposed["conversation"]
        assert proposed["confirm_at"] == f"{served.url}/?conversation={conversation}"
        for words in ("确认", "好的，确认修改。", "yes", "Yes, please go ahead", "确认，另外运费多少？"):
            for tool in ("ask", "propose"):
                again = await call(client, tool, message=words, conversation=conversation)
                assert again["status"] != "done"
                assert served.order("12345")["delivery_date"] == "2026-06-10"


async def test_a_yes_that_reached_the_turn_by_this_door_is_refused_by_the_gate(company: Company, prepared: Path, tmp_path: Path) -> None:
    """Behind the reading of the words stands the gate: with the guard before it left out, and after a crash too."""
    with serving(Config(ROOT, shutil.copytree(prepared, tmp_path / "state"), clock=MONDAY), with_keys(company)) as served:
        async with connected(served, LI) as client:
            conversation = (await call(client, "propose", message=MOVE))["conversation"]
        assistant = served.assistant
        principal = served.run(assistant.principal("C1/李伟"))
        view = served.run(assistant.say(principal, conversation, text="确认", channel=channel_of("mcp", "li")))
        assert (view["receipts"], view["action"]) == ([], "handoff")
        assert served.order("12345")["delivery_date"] == "2026-06-10"
        assert served.run(assistant.recover()) == 0


async def test_a_person_confirms_on_the_page(company: Company, prepared: Path, tmp_path: Path) -> None:
    with serving(Config(ROOT, shutil.copytree(prepared, tmp_path / "state"), clock=MONDAY), with_keys(company)) as served:
        async with connected(served, LI) as client:
            conversation = (await call(client, "propose", message=MOVE))["conversation"]
        async with httpx2.AsyncClient() as page:
            done = (await page.post(f"{served.url}/v1/conversations/{conversation}/messages", json={"text": "确认"})).json()
        assert len(done["receipts"]) == 1
        assert served.order("12345")["delivery_date"] == "2026-06-15"


async def test_another_companys_conversation_is_none(served: Serving) -> None:
    async with connected(served, LI) as client:
        mine = (await call(client, "ask", message="你好"))["conversation"]
    async with connected(served, DANA) as client:
        told = [await call(client, "ask", message="yes", conversation=each) for each in (mine, "cv-none", "x" * 500)]
    assert all(each == told[0] for each in told)
    assert told[0]["error"]["code"] == "not_found"


async def test_keys_without_a_customer_have_no_orders(served: Serving) -> None:
    for key in (DOCS, STAFF):
        async with connected(served, key) as client:
            assert await offered(client) == EVERYBODY
            for name in (*sorted(READS), "propose"):
                assert (await call(client, name, **({"order": "12345"} if name not in ("find_orders", "propose") else {})))["error"]["code"] == "not_found"
            answer = await call(client, "ask", message="How long is the return window?")
            assert ("conversation" in answer, answer["status"]) == (False, "answered")
            assert (await call(client, "ask", message="Cancel 12345"))["status"] == "declined"
            assert (await call(client, "ask", message="hi", conversation="cv-1"))["error"]["code"] == "not_found"


async def test_a_narrow_key_is_not_offered_what_it_may_not(served: Serving) -> None:
    async with connected(served, READER) as client:
        assert await offered(client) == EVERYBODY | READS


async def test_internal_documents_stay_inside(served: Serving) -> None:
    internal = {found.id for found in served.assistant.workspace.documents if found.audience == "internal"}
    assert internal
    for key in (LI, DOCS):
        async with connected(served, key) as client:
            for title in [found.title for found in served.assistant.workspace.documents if found.audience == "internal"]:
                found = (await call(client, "search_knowledge", query=title))["passages"]
                assert not internal & {each["document"] for each in found}


async def test_arguments_that_fit_no_tool_are_refused(served: Serving) -> None:
    async with connected(served, LI) as client:
        wrong: list[tuple[str, Mapping[str, Any]]] = [
            ("get_order", {}), ("get_order", {"order": 12345}), ("get_order", {"order": ["12345"]}), ("get_order", {"order": "12345", "company": "C2"}),
            ("search_knowledge", {"query": " "}), ("ask", {"message": ""}), ("ask", {"message": "x" * 20_000}), ("find_orders", {"company": "C2"}),
        ]  # fmt: skip
        for name, arguments in wrong:
            assert (await call(client, name, **arguments))["error"]["code"] == "invalid_input"
        assert (await call(client, "change_delivery_date", order="12345", date="2026-06-15"))["error"]["code"] == "not_found"


async def test_nobody_enters_without_a_key(served: Serving) -> None:
    ask = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "find_orders", "arguments": {}}}
    async with httpx2.AsyncClient() as http:
        for headers in ({}, {"Authorization": "Bearer nobody"}, {"Authorization": LI}, {"Authorization": "Basic " + LI}):
            answer = await http.post(f"{served.url}/mcp", json=ask, headers={"Accept": "application/json, text/event-stream", **headers})
            assert (answer.status_code, "www-authenticate" in answer.headers) == (401, True)
        big = await http.post(f"{served.url}/mcp", content=b"x" * 10_000_000, headers={"Authorization": f"Bearer {LI}", "Content-Type": "application/json"})
        assert big.status_code == 413


async def test_without_a_key_there_are_documents_only(served: Serving) -> None:
    async def anybody() -> Caller:
        return nobody(served.assistant.workspace)

    async with Client(make_server(served.assistant, anybody)) as client:
        assert await offered(client) == EVERYBODY


async def test_over_standard_input_and_output(prepared: Path, tmp_path: Path) -> None:
    """A process of its own, as other programs start it; its workspace is the demo company with a key in its settings."""
    workspace, state = tmp_path / "demo", shutil.copytree(prepared, tmp_path / "state")
    workspace.mkdir()
    for name in ("corpus", "prompts", "evals", "var"):
        if (ROOT / name).exists():
            (workspace / name).symlink_to(ROOT / name)
    settings = (ROOT / "assistant.toml").read_text(encoding="utf-8")
    (workspace / "assistant.toml").write_text(f'{settings}\n[[keys]]\nname = "li"\nhash = "{hash_of(LI)}"\nas = "C1/李伟"\n', encoding="utf-8")
    arguments = ["-c", "from assistant.cli import main; main()", "mcp", "--workspace", str(workspace), "--state", str(state), "--clock", MONDAY.isoformat()]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ASSISTANT_KEY": LI}
    async with Client(StdioServerParameters(command=sys.executable, args=arguments, env=environment), read_timeout_seconds=60) as client:
        assert await offered(client) == EVERYBODY | READS | {"propose"}
        assert any("15" in each["text"] for each in (await call(client, "search_knowledge", query="return window"))["passages"])
        assert (await call(client, "get_order", order="12345"))["order"]["number"] == "12345"
        proposed = await call(client, "propose", message=MOVE)
        assert proposed["confirm_at"].startswith("http://127.0.0.1:8000/?conversation=")
        assert LI not in json.dumps(proposed)

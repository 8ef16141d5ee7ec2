"""A workspace's own tools: what is wrong with a declaration is told, files are read without being run, and calls are bounded against a real server."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import BackendUnavailable, ConfigError, Conflict, InvalidInput, NotFound, ToolFailed
from assistant.tools import own
from assistant.tools.openapi_call import at, read, read_back, write
from assistant.tools.registry import Use
from assistant.tools.whole import BUILT_IN, tool_problems
from assistant.types import Principal
from assistant.workspace.load import load_workspace
from assistant.workspace.scaffold import init_workspace
from assistant.workspace.toolspec import ApiTool, ToolArgument
from tests.far import Far

WHO = Principal("L1/Ana Petrov", "customer", "t", "L1", "Ana Petrov", permissions=("orders.read",))
USE = Use(WHO, None, None, "key-1", {}, {})  # type: ignore[arg-type]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    init_workspace(tmp_path / "company")
    return tmp_path / "company"


@pytest.fixture
def far() -> Iterator[Far]:
    found = Far()
    yield found
    found.close()


def spec(url: str, **more: Any) -> ApiTool:
    arguments = {
        "company": ToolArgument(in_="path", from_="company"),
        "year": ToolArgument("int", "query", "fiscal_year", False),
        "full": ToolArgument("bool", "query", required=False),
        "note": ToolArgument("str", "body", required=False),
    }
    return replace(ApiTool("credit", "The limit.", url, "GET /credit/{company}", "orders.read", arguments=arguments), **more)


def booking(url: str) -> ApiTool:
    made: dict[str, Any] = {"operation": "POST /visits", "effect": "write", "permission": "tickets.write", "arguments": {"day": ToolArgument(in_="body")}}
    return spec(url, **made, idempotency_header="Idempotency-Key", read_back="GET /visits/by-key/{key}", receipt="visit.id")


async def test_a_read_sends_what_was_declared_and_gives_the_part_named(far: Far) -> None:
    far.answers = [(200, {"data": {"credit": {"left": 5}}}), (404, {}), (200, {"data": None})]
    found = spec(far.url, result="data.credit", token_env="TOKEN")
    assert (await read(found, lambda name: f"secret of {name}", USE, {"year": 2026, "full": True})).data == {"left": 5}
    assert far.asked[0]["line"] == "GET /api/credit/L1"
    assert far.asked[0]["query"] == {"fiscal_year": ["2026"], "full": ["true"]}
    assert far.asked[0]["headers"]["Authorization"] == "Bearer secret of TOKEN"
    assert (await read(found, str, USE, {})).data is None
    assert (await read(found, str, USE, {})).data is None


@pytest.mark.parametrize(
    ("status", "data", "error"),
    [
        (200, b"<html>", ToolFailed), (200, b"x" * 300_000, BackendUnavailable), (302, b"", ToolFailed), (401, b"{}", ToolFailed), (409, b"{}", ToolFailed),
        (422, b"{}", InvalidInput), (429, b"{}", ToolFailed), (500, b"{}", ToolFailed),
    ],
)  # fmt: skip
async def test_an_answer_that_is_none_is_a_fault(far: Far, status: int, data: bytes, error: type[Exception]) -> None:
    far.answers = [(status, data)]
    with pytest.raises(error):
        await read(spec(far.url), str, USE, {})
    assert len(far.asked) == 1  # no redirect was followed and nothing tried again


@pytest.mark.parametrize("company", ["..", ".", "", "a/../../admin", "a?x=1", "a#b", "%2e%2e"])
async def test_a_value_stays_in_its_segment(far: Far, company: str) -> None:
    far.answers = [(200, {})]
    use = replace(USE, principal=replace(WHO, company=company))
    if company in ("", ".", ".."):
        with pytest.raises(InvalidInput):
            await read(spec(far.url), str, use, {})
        assert far.asked == []
        return
    await read(spec(far.url), str, use, {})
    path = far.asked[0]["line"].removeprefix("GET /api/credit/")
    assert "/" not in path
    assert far.asked[0]["query"] == {}


async def test_a_write_carries_its_key_and_gives_the_systems_receipt(far: Far) -> None:
    far.answers = [(201, {"visit": {"id": "V-7"}}), (200, {"visit": {"id": "V-7"}})]
    receipt = (await write(booking(far.url), str, USE, {"day": "2026-06-15"})).receipt
    assert receipt is not None
    assert (receipt.id, receipt.tool, receipt.changes) == ("V-7", "credit", {"day": (None, "2026-06-15")})
    assert far.asked[0]["headers"]["Idempotency-Key"] == "key-1"
    assert far.asked[0]["body"] == {"day": "2026-06-15"}
    back = await read_back(booking(far.url), str, "key/1")
    assert back is not None
    assert back.id == "V-7"
    assert far.asked[1]["line"] == "GET /api/visits/by-key/key%2F1"


@pytest.mark.parametrize(
    ("status", "data", "error", "unknown"),
    [
        (500, {}, ToolFailed, True), (503, {}, ToolFailed, True), (201, b"<html>", ToolFailed, True), (201, {"visit": {}}, ToolFailed, True),
        (201, {"visit": {"id": "x" * 99}}, ToolFailed, True), (429, {}, ToolFailed, False), (403, {}, ToolFailed, False), (302, b"", ToolFailed, False),
        (409, {}, Conflict, None), (404, {}, NotFound, None), (400, {}, InvalidInput, None),
    ],
)  # fmt: skip
async def test_a_write_tells_done_from_not_done_from_unknown(far: Far, status: int, data: Any, error: type[Exception], unknown: bool | None) -> None:
    far.answers = [(status, data)]
    with pytest.raises(error) as raised:
        await write(booking(far.url), str, USE, {"day": "x"})
    assert getattr(raised.value, "unknown", None) is unknown


async def test_a_system_that_is_not_there_did_nothing_and_a_silent_one_may_have(far: Far) -> None:
    with pytest.raises(ToolFailed) as raised:
        await write(booking("http://127.0.0.1:9/"), str, USE, {"day": "x"})
    assert not raised.value.unknown
    far.answers = []  # the handler fails without an answer
    with pytest.raises(ToolFailed) as raised:
        await write(booking(far.url), str, USE, {"day": "x"})
    assert raised.value.unknown
    with pytest.raises(BackendUnavailable):
        await read(spec("http://127.0.0.1:9/"), str, USE, {})
    far.answers = [(404, {})]
    with pytest.raises(BackendUnavailable):
        await read_back(booking(far.url), str, "k")  # nothing found proves nothing


@pytest.mark.parametrize(("path", "found"), [("", {"a": [{"b": 1}]}), ("a.0.b", 1), ("a.1", None), ("a.x", None), ("b.c", None), ("a.-1", None)])
def test_a_part_of_an_answer(path: str, found: Any) -> None:
    assert at({"a": [{"b": 1}]}, path) == found


GOOD = {
    "description": "x",
    "url": "https://erp.example.com",
    "operation": "GET /stock/{sku}",
    "permission": "orders.read",
    "arguments": {"sku": {"in": "path"}},
}


def declared(root: Path, **tools: Mapping[str, Any]) -> list[str]:
    (root / "corpus/tools.yaml").write_text(json.dumps({"tools": {name: {**GOOD, **more} for name, more in tools.items()}}), encoding="utf-8")
    return [str(problem) for problem in tool_problems(load_workspace(root))]


def test_a_sound_declaration_is_a_tool(root: Path) -> None:
    assert declared(root, stock={}) == []
    (tool,) = own.loaded(load_workspace(root), BUILT_IN, secret=str)
    assert (tool.name, tool.effect, tool.arguments, tool.confirm) == ("stock", "read", {"sku": ("str", True)}, False)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"url": "ftp://x"}, "no http"),
        ({"url": "https://me:pw@x.example"}, "no http"),
        ({"operation": "FETCH /stock/{sku}"}, "a method and a path"),
        ({"operation": "GET /stock"}, "not in the path"),
        ({"operation": "GET /stock/{sku}/{place}"}, "place stands in the path"),
        ({"operation": "POST /stock/{sku}"}, "say effect: write"),
        ({"permission": "stock.read"}, "unknown permission"),
        ({"read_back": "GET /x/{key}"}, "only a write"),
        ({"seconds": 0}, "seconds"),
        ({"effect": "write", "permission": "orders.read", "person": True}, "permission to write"),
        ({"effect": "write", "permission": "orders.write"}, "or person: true"),
        ({"effect": "write", "permission": "orders.write", "idempotency_header": "K", "receipt": "id"}, "or person: true"),
        ({"effect": "write", "permission": "orders.write", "idempotency_header": "K", "read_back": "POST /k/{key}", "receipt": "id"}, "by-key"),
        ({"effect": "write", "permission": "orders.write", "person": True, "receipt": "id"}, "declares no"),
        ({"openapi": "corpus/none.yaml"}, "no such file"),
        ({"openapi": "../outside.yaml"}, "no such file"),
    ],
)
def test_what_is_wrong_with_a_declaration_is_told(root: Path, more: dict[str, Any], words: str) -> None:
    if more.get("openapi") == "corpus/none.yaml":
        (root / "corpus/none.yaml").write_text("{}", encoding="utf-8")
        words = "no operationId"
    found = declared(root, stock=more)
    assert any(words in problem for problem in found), found
    assert all(problem.startswith("corpus/tools.yaml:") for problem in found)


def test_a_name_of_ours_is_taken(root: Path) -> None:
    assert any("another tool called 'get_order'" in problem for problem in declared(root, get_order={}))


DOCUMENT = """
openapi: 3.1.0
paths:
  /visits/{place}:
    parameters: [{name: place, in: path, required: true, schema: {type: string}}]
    post:
      operationId: createVisit
      parameters: [{name: Idempotency-Key, in: header, schema: {type: string}}, {name: dry, in: query, schema: {type: boolean}}]
      requestBody: {content: {application/json: {schema: {required: [day], properties: {day: {type: string}, people: {type: integer}}}}}}
"""


def test_an_operation_of_an_openapi_file_brings_its_arguments(root: Path) -> None:
    (root / "corpus/erp.yaml").write_text(DOCUMENT, encoding="utf-8")
    whole = {
        "openapi": "corpus/erp.yaml", "operation": "createVisit", "effect": "write", "permission": "tickets.write", "idempotency_header": "Idempotency-Key",
        "read_back": "GET /visits/by-key/{key}", "receipt": "id", "arguments": {"place": {"in": "path", "from": "company"}},
    }  # fmt: skip
    assert declared(root, visit=whole) == []
    (tool,) = own.loaded(load_workspace(root), BUILT_IN, secret=str)
    assert dict(tool.arguments) == {"dry": ("bool", False), "day": ("str", True), "people": ("int", False)}
    assert tool.outcome is not None
    assert any("createVisits" in problem and "createVisit" in problem for problem in declared(root, visit={**whole, "operation": "createVisits"}))


CODE = '''
from pathlib import Path
from assistant.tools.registry import Done, Use, tool

Path(__file__).with_suffix(".ran").touch()


@tool("read", "orders.read")
async def pallets(use: Use, *, order: str, size: int = 40) -> Done:
    """How many pallets."""
    return Done({"pallets": 1})
'''


def code(root: Path, text: str, *, allowed: bool) -> Path:
    (root / "tools").mkdir(exist_ok=True)
    (root / "tools/mine.py").write_text(text, encoding="utf-8")
    settings = root / "assistant.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + f"\n[tools]\nallow_code = {str(allowed).lower()}\n", encoding="utf-8")
    return root / "tools/mine.ran"


@pytest.mark.parametrize("allowed", [False, True])
def test_a_file_is_run_only_where_the_settings_allow_it_and_never_by_a_check(root: Path, allowed: bool) -> None:
    ran = code(root, CODE, allowed=allowed)
    workspace = load_workspace(root)
    assert tool_problems(workspace) == ()
    assert not ran.exists()
    assert [tool.name for tool in own.declared(workspace, BUILT_IN)] == (["pallets"] if allowed else [])
    assert not ran.exists()
    found = own.loaded(workspace, BUILT_IN, secret=str)
    assert ran.exists() is allowed
    if allowed:
        assert dict(found[0].arguments) == {"order": ("str", True), "size": ("int", False)}
        assert dict(own.declared(workspace, BUILT_IN)[0].arguments) == dict(found[0].arguments)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"read", "orders.read"', '"read", "all"', "unknown permission"),
        ('"read", "orders.read"', '"write", "orders.read", confirm=True', "permission to write"),
        ('"read", "orders.read"', '"write", "orders.write"', "confirm=True"),
        ('"read", "orders.read"', '"peek", "orders.read"', "read or write"),
        ("async def", "asinc def", "not valid Python"),
        ("pallets(use", "get_order(use", "another tool"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_without_running_it(root: Path, old: str, new: str, words: str) -> None:
    ran = code(root, CODE.replace(old, new), allowed=True)
    assert any(words in str(problem) for problem in tool_problems(load_workspace(root)))
    assert not ran.exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('@tool("read", "orders.read")', 'HOW = ("write", "orders.write")\n@tool(*HOW)'),
        ("async def pallets", "raise RuntimeError\nasync def pallets"),
        ("return Done", "return Done\nhidden = tool('write', 'orders.write')(pallets.run)\nasync def _x():\n    return Done"),
    ],
)
def test_a_file_that_makes_other_tools_than_it_says_is_not_served(root: Path, old: str, new: str) -> None:
    code(root, CODE.replace(old, new), allowed=True)
    with pytest.raises(ConfigError):
        own.loaded(load_workspace(root), BUILT_IN, secret=str)

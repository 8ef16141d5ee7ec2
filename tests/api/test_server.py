"""The whole server: the error table, bugs, headers, documentation, health and counters."""

from __future__ import annotations

from typing import Any

import pytest
import structlog
from starlette.testclient import TestClient

from assistant.api.faults import STATUS, status_of
from assistant.api.server import make_app
from assistant.errors import AssistantError, InvalidInput
from tests.api.fake import FakeAssistant


def subclasses(kind: type[AssistantError]) -> set[type[AssistantError]]:
    return {kind} | {found for each in kind.__subclasses__() for found in subclasses(each)}


@pytest.mark.parametrize("kind", sorted((each for each in subclasses(AssistantError) if each.__module__ == "assistant.errors"), key=lambda each: each.__name__))
def test_the_table_knows_the_whole_error_tree(kind: type[AssistantError]) -> None:
    assert kind in STATUS
    assert status_of(kind("x")) == STATUS[kind]


def test_a_code_may_have_a_narrower_status() -> None:
    assert [status_of(InvalidInput("x", code=code)) for code in ("too_long", "attachment_type", "anything")] == [413, 415, 422]


def test_a_bug_gives_a_reference_and_neither_words_nor_traceback(assistant: FakeAssistant, client: TestClient, conversation: str) -> None:
    def broken(text: str) -> dict[str, Any]:
        raise KeyError(f"secret of {text}")

    assistant.script = broken
    with structlog.testing.capture_logs() as logged:
        answer = client.post(f"/v1/conversations/{conversation}/messages", json={"text": "Ann's phone is 555"})
    assert answer.status_code == 500
    error = answer.json()["error"]
    found = next(line for line in logged if line["event"] == "bug")
    assert (error["code"], error["reference"]) == ("internal", found["reference"])
    assert (found["conversation"], found["kind"]) == (conversation, "KeyError")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "555" not in str(logged)
    assert any("broken" in frame for frame in found["frames"])


def test_requests_are_logged_by_template(client: TestClient, conversation: str) -> None:
    with structlog.testing.capture_logs() as logged:
        client.get(f"/v1/conversations/{conversation}/messages")
        client.get("/nowhere/at/all")
    assert [(line["route"], line["status"]) for line in logged] == [("/v1/conversations/{conversation}/messages", 200), ("unmatched", 404)]
    assert conversation not in str(logged)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"), [("GET", "/nowhere", 404, "not_found"), ("DELETE", "/v1/conversations", 405, "method_not_allowed")]
)
def test_errors_of_routing_have_the_same_shape(client: TestClient, method: str, path: str, status: int, code: str) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


@pytest.mark.parametrize("path", ["/", "/assets/main.js", "/v1/company", "/nowhere", "/metrics"])
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["cache-control"] == ("no-cache" if path in ("/", "/assets/main.js") else "no-store")


def operations(client: TestClient) -> list[tuple[str, str, dict[str, Any]]]:
    paths = client.get("/openapi.json").json()["paths"]
    return [(path, method, operation) for path, methods in paths.items() for method, operation in methods.items()]


def test_the_openapi_document_describes_every_route(client: TestClient) -> None:
    found = operations(client)
    assert {path for path, _, _ in found} == {
        "/v1/company", "/v1/conversations", "/v1/conversations/{conversation}/messages", "/v1/conversations/{conversation}/attachments",
        "/v1/conversations/{conversation}/attachments/{digest}", "/demo/contacts", "/demo/clock", "/demo/trace/{turn}", "/demo/agent/{conversation}",
        "/demo/document/{document}", "/live", "/ready", "/metrics", "/v1/chat/completions", "/v1/models", "/v1/models/{name}",
        "/v1/conversations/{conversation}/draft",
        "/v1/knowledge", "/v1/knowledge/findings", "/v1/knowledge/search", "/v1/knowledge/sync", "/v1/knowledge/{document}",
        "/v1/knowledge/{document}/diff", "/v1/knowledge/{document}/{language}", "/v1/knowledge/{document}/{act}",
        "/v1/conversations/{conversation}/feedback", "/v1/knowledge/cited", "/v1/knowledge/eval", "/v1/knowledge/feedback",
        "/v1/knowledge/feedback/changes/{n}/{act}", "/v1/knowledge/feedback/propose", "/v1/knowledge/gaps", "/v1/knowledge/impact",
        "/v1/knowledge/sources", "/v1/knowledge/suggestions", "/v1/knowledge/suggestions/{name}/{act}", "/v1/knowledge/test",
    }  # fmt: skip
    for path, method, operation in found:
        assert operation.get("summary"), (method, path)
        success = next(response for status, response in operation["responses"].items() if status.startswith("2"))
        assert success.get("content"), (method, path)
        for status, response in operation["responses"].items():
            if status[0] in "45" and path != "/ready":
                schema = response["content"]["application/json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/Failure"}, (method, path, status)


def test_the_openapi_document_has_examples_and_the_live_protocol(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    body = document["components"]["schemas"]["NewMessage"]["properties"]
    assert body["text"]["examples"]
    live = next(tag["description"] for tag in document["tags"] if tag["name"] == "live")
    assert all(word in live for word in ("after=seq", "stage", "4008", "64 KB"))


def test_readiness_tells_the_part_that_has_a_problem(client: TestClient, assistant: FakeAssistant) -> None:
    assert client.get("/live").json()["status"] == "ok"
    assert client.get("/ready").status_code == 200
    assistant.checks = {"store": "ok", "knowledge": "problem: no index"}
    answer = client.get("/ready")
    assert (answer.status_code, answer.json()["checks"]["knowledge"]) == (503, "problem: no index")


def test_turns_handoffs_and_errors_are_counted(client: TestClient, conversation: str) -> None:
    client.post(f"/v1/conversations/{conversation}/messages", json={"text": "hi"})
    client.post(f"/v1/conversations/{conversation}/messages", json={"text": " "})
    text = client.get("/metrics").text
    assert 'assistant_turns_total{action="reply",language="en"} 1.0' in text
    assert 'assistant_errors_total{code="empty"} 1.0' in text
    assert "assistant_turn_seconds_count 1.0" in text
    assert "assistant_sockets 0.0" in text


def test_without_the_demonstration_staffs_routes_do_not_exist(assistant: FakeAssistant) -> None:
    with TestClient(make_app(assistant)) as client:
        assert client.get("/v1/company").json()["demo"] is False
        assert {client.get(path).status_code for path in ("/demo/contacts", "/demo/clock", "/demo/trace/t", "/demo/document/returns")} == {404}
        assert client.post("/demo/agent/x", json={"name": "mia", "close": True}).status_code == 404
        assert client.get("/v1/knowledge").status_code == 404
        assert not any(path.startswith(("/demo", "/v1/knowledge")) for path, _, _ in operations(client))

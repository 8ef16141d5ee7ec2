"""The customer's routes: what comes back, what never does, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.errors import BackendUnavailable
from tests.api.fake import FakeAssistant

STAFFS = {"tool", "tools", "rule", "events", "reason", "confidence", "score", "intent", "requests", "procedure", "priority", "sender"}


def keys(value: Any) -> set[str]:
    match value:
        case dict():
            return set(value) | {found for each in value.values() for found in keys(each)}
        case list():
            return {found for each in value for found in keys(each)}
    return set()


def test_a_reply_holds_the_customers_part_and_nothing_of_the_staffs(client: TestClient, conversation: str) -> None:
    reply = client.post(f"/v1/conversations/{conversation}/messages", json={"id": "m1", "text": "hello"}).json()
    assert reply["text"] == "You said: hello"
    assert reply["citations"][0]["quote"] == "within 21 days"
    assert reply["receipts"][0]["changes"] == {"delivery_date": ["2026-03-04", "2026-03-09"]}
    # a field of the order may be called what it wants; the keys around it may not
    assert reply["cards"][0]["data"]["changes"] == {"reason": ["a", "b"]}
    reply["cards"][0]["data"].pop("changes")
    assert keys(reply) & STAFFS == set()


def test_a_repeat_gives_the_earlier_reply_and_other_words_under_the_same_id_conflict(client: TestClient, conversation: str) -> None:
    url = f"/v1/conversations/{conversation}/messages"
    first, again = (client.post(url, json={"id": "m1", "text": "hello"}).json() for _ in range(2))
    assert first == again
    assert len([each for each in client.get(url).json()["entries"] if each["type"] == "reply"]) == 1
    other = client.post(url, json={"id": "m1", "text": "something else"})
    assert (other.status_code, other.json()["error"]["code"]) == (409, "message_reused")


def test_the_log_is_read_on_from_a_number_and_leaves_staffs_events_out(client: TestClient, conversation: str) -> None:
    url = f"/v1/conversations/{conversation}/messages"
    client.post(url, json={"id": "m1", "text": "one"})
    first = client.get(url).json()
    assert [each["type"] for each in first["entries"]] == ["message", "reply"]
    assert first["last"] == 3
    client.post(url, json={"id": "m2", "text": "two"})
    more = client.get(url, params={"after": first["last"]}).json()
    assert [each.get("text") for each in more["entries"]] == ["two", "You said: two"]
    assert client.get(url, params={"after": more["last"]}).json() == {"entries": [], "last": more["last"]}
    assert keys(first["entries"][0]) & STAFFS == set()


def test_a_person_is_named_and_the_hand_over_told_without_its_reason(client: TestClient, conversation: str, assistant: FakeAssistant) -> None:
    card = {"id": "ho-1", "kind": "handoff", "state": "queued", "data": {"queue": "desk", "place": 2, "opens": None}, "actions": []}
    assistant.script = lambda _: {
        "text": "Passed on.", "language": "en", "action": "handoff", "citations": [], "receipts": [], "cards": [card],
        "handoff": {"reason": "customer_request", "queue": "desk", "priority": "P1", "skills": [], "summary": {"goal": "a person"}},
    }  # fmt: skip
    url = f"/v1/conversations/{conversation}/messages"
    reply = client.post(url, json={"text": "a person please"}).json()
    assert reply["handoff"] == {"place": 2, "queue": "desk", "opens": None, "state": "queued"}
    client.post(f"/demo/agent/{conversation}", json={"name": "mia", "say": "Hello, Mia here"})
    client.post(f"/demo/agent/{conversation}", json={"name": "mia", "close": True})
    found = client.get(url).json()["entries"]
    assert [(each["state"], each["agent"]) for each in found if each["type"] == "handoff"] == [("queued", ""), ("assigned", "Mia Fox"), ("closed", "Mia Fox")]
    assert [each["name"] for each in found if each["type"] == "message" and each["role"] == "agent"] == ["Mia Fox"]
    assert keys(found) & STAFFS == set()


def test_a_file_is_sent_by_its_hash_and_opens_in_its_conversation_only(client: TestClient, conversation: str) -> None:
    kept = client.post(f"/v1/conversations/{conversation}/attachments", files={"file": ("crack.png", b"\x89PNG", "image/png")})
    assert kept.status_code == 201
    digest = kept.json()["hash"]
    url = f"/v1/conversations/{conversation}/attachments/{digest}"
    assert client.get(url).status_code == 404
    client.post(f"/v1/conversations/{conversation}/messages", json={"attachments": [digest]})
    shown = client.get(url)
    assert (shown.content, shown.headers["content-type"]) == (b"\x89PNG", "image/png")
    other = client.post("/v1/conversations", json={"as": "L1/Ann Lee"}).json()["conversation"]
    assert client.get(f"/v1/conversations/{other}/attachments/{digest}").status_code == 404


def test_a_file_of_somebody_else_is_not_there(client: TestClient, conversation: str, assistant: FakeAssistant) -> None:
    kept = assistant.files.keep(b"\x89PNG theirs", name="theirs.png", media_type="image/png", by="L2/Bob")
    answer = client.post(f"/v1/conversations/{conversation}/messages", json={"attachments": [kept.hash]})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


@pytest.mark.parametrize("after", ["-1", "9" * 26])
def test_no_log_has_such_a_number(client: TestClient, conversation: str, after: str) -> None:
    assert client.get(f"/v1/conversations/{conversation}/messages?after={after}").status_code == 422


REFUSED: list[tuple[Any, int, str]] = [
    ({"text": "x" * 201}, 413, "too_long"),
    ({"text": "   "}, 422, "empty"),
    ({"text": 5}, 422, "invalid_input"),
    ({"txt": "hi"}, 422, "invalid_input"),
    ({"id": "two words", "text": "hi"}, 422, "invalid_input"),
    ({"text": "hi", "attachments": ["nothex"]}, 422, "invalid_input"),
    ({"text": "hi", "attachments": ["0" * 64]}, 404, "not_found"),
    ([], 422, "invalid_input"),
]


@pytest.mark.parametrize(("body", "status", "code"), REFUSED)
def test_what_cannot_be_read_is_refused_in_one_shape(client: TestClient, conversation: str, body: Any, status: int, code: str) -> None:
    answer = client.post(f"/v1/conversations/{conversation}/messages", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert set(answer.json()) == {"error"}


def test_the_limit_is_named_and_a_half_character_refused(client: TestClient, conversation: str) -> None:
    url = f"/v1/conversations/{conversation}/messages"
    assert "200" in client.post(url, json={"text": "字" * 201}).json()["error"]["message"]
    half = client.post(url, content=b'{"text": "\\ud800"}', headers={"content-type": "application/json"})
    assert half.status_code == 422
    assert "ud800" not in half.text.lower()


def test_bodies_are_bounded_and_read_as_json_only_when_they_say_so(client: TestClient, conversation: str) -> None:
    url = f"/v1/conversations/{conversation}/messages"
    big = client.post(url, content=b'{"text": "' + b"x" * 1_100_000 + b'"}', headers={"content-type": "application/json"})
    assert (big.status_code, big.json()["error"]["code"]) == (413, "body_too_large")
    dripped = client.post(url, content=iter([b"x" * 600_000] * 2), headers={"content-type": "application/json"})
    assert (dripped.status_code, dripped.json()["error"]["code"]) == (413, "body_too_large")
    assert client.post(url, content=b'{"text": "hi"}', headers={"content-type": "text/plain"}).status_code == 422


@pytest.mark.parametrize("path", ["messages", "attachments/" + "0" * 64])
def test_an_unknown_conversation_is_not_found(client: TestClient, path: str) -> None:
    answer = client.get(f"/v1/conversations/cv-unknown/{path}")
    assert (answer.status_code, answer.json()) == (404, {"error": {"code": "not_found", "message": "no such conversation"}})


def test_only_the_workspaces_own_contacts_exist(client: TestClient) -> None:
    assert client.post("/v1/conversations", json={"as": "L9/Nobody"}).status_code == 404
    assert client.post("/v1/conversations", json={}).json()["error"]["message"].startswith("as")


def test_a_fault_behind_the_server_is_told_neutrally(client: TestClient, conversation: str, assistant: FakeAssistant) -> None:
    def broken(_: str) -> dict[str, Any]:
        raise BackendUnavailable("sqlite at 10.0.0.7 says no")

    assistant.script = broken
    answer = client.post(f"/v1/conversations/{conversation}/messages", json={"text": "hi"})
    assert answer.status_code == 503
    assert "10.0.0.7" not in answer.text


def test_the_company_tells_what_a_page_needs(client: TestClient) -> None:
    told = client.get("/v1/company").json()
    assert told["queues"] == {"desk": {"zh": "前台", "zh-Hant": "前臺", "en": "front desk"}}
    assert told["names"]["option"]["special"]["en"] == "special invoice"
    assert (told["message_characters"], told["demo"]) == (200, True)
    assert "margins" not in json.dumps(told).lower()

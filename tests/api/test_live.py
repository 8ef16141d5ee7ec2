"""The socket: stages at once, entries by number, resuming without gaps or doubles, and what closes it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from assistant.api.hub import Hub, Outlet
from assistant.api.server import make_app
from assistant.events import MESSAGE_RECEIVED, Bus, Event
from tests.api.fake import FakeAssistant


def until(socket: WebSocketTestSession, kind: str) -> list[dict[str, Any]]:
    """What arrives up to and with the first frame of a kind."""
    found: list[dict[str, Any]] = []
    while not found or found[-1]["type"] != kind:
        found.append(socket.receive_json())
    return found


def url(conversation: str, after: int = 0) -> str:
    return f"/v1/conversations/{conversation}/live?after={after}"


def test_a_message_brings_stage_entries_and_its_answer(client: TestClient, conversation: str) -> None:
    with client.websocket_connect(url(conversation)) as socket:
        socket.send_json({"id": "m1", "text": "hello"})
        found = until(socket, "answered")
    assert [each["type"] for each in found] == ["message", "stage", "reply", "answered"]
    assert [each["seq"] for each in found if "seq" in each] == [1, 2]
    assert found[2]["turn"] == found[3]["turn"]
    assert {"tools", "rule", "confidence"} & set(found[2]) == set()


def test_a_lost_socket_resumes_after_the_last_number_without_gaps_or_doubles(client: TestClient, conversation: str) -> None:
    with client.websocket_connect(url(conversation)) as socket:
        socket.send_json({"id": "m1", "text": "one"})
        last = next(each["seq"] for each in until(socket, "answered") if each["type"] == "reply")
    client.post(f"/v1/conversations/{conversation}/messages", json={"id": "m2", "text": "two"})
    with client.websocket_connect(url(conversation, last)) as socket:
        socket.send_json({"id": "m2", "text": "two"})
        socket.send_json({"id": "m3", "text": "three"})
        found = until(socket, "answered") + until(socket, "answered")
    messages = [each["id"] for each in found if each["type"] == "message"]
    numbers = [each["seq"] for each in found if "seq" in each]
    assert messages == ["m2", "m3"]
    assert numbers == sorted(set(numbers))
    assert min(numbers) > last
    assert [each["id"] for each in found if each["type"] == "answered"] == ["m2", "m3"]


def test_two_viewers_see_the_same_numbers(client: TestClient, conversation: str) -> None:
    with client.websocket_connect(url(conversation)) as one, client.websocket_connect(url(conversation)) as two:
        one.send_json({"id": "m1", "text": "hello"})
        first = [each for each in until(one, "reply") if "seq" in each]
        second = [each for each in until(two, "reply") if "seq" in each]
    assert first == second


def test_a_turn_outlives_its_socket(client: TestClient, conversation: str, assistant: FakeAssistant) -> None:
    with client.websocket_connect(url(conversation)) as socket:
        portal = socket.portal_factory
        with portal() as loop:
            assistant.gate = loop.call(_make_event)
        socket.send_json({"id": "m1", "text": "hello"})
        assert [each["type"] for each in until(socket, "stage")] == ["message", "stage"]
        gate = assistant.gate
    with portal() as loop:
        loop.call(_set, gate)
    with client.websocket_connect(url(conversation, 1)) as socket:
        assert until(socket, "reply")[-1]["text"] == "You said: hello"


def test_what_comes_before_the_answer_to_the_message_before_it_is_marked(client: TestClient, conversation: str, assistant: FakeAssistant) -> None:
    with client.websocket_connect(url(conversation)) as socket:
        with socket.portal_factory() as loop:
            assistant.gate = loop.call(_make_event)
            socket.send_json({"id": "m1", "text": "move my order"})
            until(socket, "stage")
            socket.send_json({"id": "m2", "text": "yes"})
            socket.send_text("not json")
            until(socket, "error")
            loop.call(_set, assistant.gate)
        until(socket, "answered")
        until(socket, "answered")
        socket.send_json({"id": "m3", "text": "yes"})
        until(socket, "answered")
    assert assistant.early == [False, True, False]


async def _make_event() -> asyncio.Event:
    return asyncio.Event()


async def _set(event: asyncio.Event) -> None:
    event.set()


BAD_FRAMES: list[tuple[str, str]] = [
    ("not json", "bad_frame"),
    ("[1]", "invalid_input"),
    ('{"id": "a b", "text": "hi"}', "invalid_input"),
    ('{"id": "m", "text": ""}', "empty"),
    (json.dumps({"id": "m", "text": "x" * 201}), "too_long"),
]


@pytest.mark.parametrize(("frame", "code"), BAD_FRAMES)
def test_a_bad_frame_is_answered_and_the_socket_stays(client: TestClient, conversation: str, frame: str, code: str) -> None:
    with client.websocket_connect(url(conversation)) as socket:
        socket.send_text(frame)
        assert until(socket, "error")[-1]["error"]["code"] == code
        socket.send_json({"id": "m9", "text": "still here"})
        assert until(socket, "answered")[-1]["id"] == "m9"


def test_a_bug_in_a_turn_gives_a_reference(client: TestClient, conversation: str, assistant: FakeAssistant) -> None:
    def broken(text: str) -> dict[str, Any]:
        raise KeyError(f"secret of {text}")

    assistant.script = broken
    with client.websocket_connect(url(conversation)) as socket:
        socket.send_json({"id": "m1", "text": "hi"})
        found = until(socket, "error")[-1]
    assert (found["id"], found["error"]["code"]) == ("m1", "internal")
    assert found["error"]["reference"]
    assert "secret" not in str(found)


@pytest.mark.parametrize(("frame", "code"), [("x" * 65_537, 1009)])
def test_a_frame_over_the_limit_closes_the_socket(client: TestClient, conversation: str, frame: str, code: int) -> None:
    with client.websocket_connect(url(conversation)) as socket:
        socket.send_text(frame)
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
    assert closed.value.code == code


def test_an_unknown_conversation_is_told_by_its_code(client: TestClient) -> None:
    with client.websocket_connect(url("cv-unknown")) as socket, pytest.raises(WebSocketDisconnect) as closed:
        socket.receive_json()
    assert closed.value.code == 4404


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://testserver:81", "http://testserver.evil.example"])
def test_a_page_of_another_host_is_refused(client: TestClient, conversation: str, origin: str) -> None:
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(url(conversation), headers={"origin": origin}):
        pass


@pytest.mark.parametrize("origin", ["http://testserver", "http://TESTSERVER:80"])
def test_a_page_of_this_host_is_let_in(client: TestClient, conversation: str, origin: str) -> None:
    with client.websocket_connect(url(conversation), headers={"origin": origin}) as socket:
        socket.send_json({"id": "m1", "text": "hi"})
        assert until(socket, "answered")


def test_open_sockets_are_counted(client: TestClient, conversation: str) -> None:
    with client.websocket_connect(url(conversation)) as socket:
        socket.send_json({"id": "m1", "text": "hi"})
        until(socket, "answered")
        assert "assistant_sockets 1.0" in client.get("/metrics").text


def said(text: str) -> dict[str, Any]:
    return {"message": text, "role": "agent", "sender": "agent:mia", "text": text, "attachments": [], "sent_at": ""}


def test_a_gap_in_the_numbers_is_filled_from_the_log(client: TestClient, conversation: str, assistant: FakeAssistant) -> None:
    with client.websocket_connect(url(conversation)) as socket:
        socket.send_json({"id": "m1", "text": "hi"})
        until(socket, "answered")
        assistant.record_elsewhere(conversation, MESSAGE_RECEIVED, said("one"))
        assistant.record(conversation, MESSAGE_RECEIVED, said("two"))
        found = [socket.receive_json(), socket.receive_json()]
    assert [each["text"] for each in found] == ["one", "two"]
    assert found[1]["seq"] == found[0]["seq"] + 1


def test_a_silent_socket_is_pinged_and_told_what_another_process_wrote(assistant: FakeAssistant) -> None:
    with TestClient(make_app(assistant, ping_seconds=0.02)) as client:
        conversation = client.post("/v1/conversations", json={"as": "L1/Ann Lee"}).json()["conversation"]
        with client.websocket_connect(url(conversation)) as socket:
            assert socket.receive_json() == {"type": "ping"}
            assistant.record_elsewhere(conversation, MESSAGE_RECEIVED, said("from afar"))
            assert until(socket, "message")[-1]["text"] == "from afar"


async def test_an_event_from_another_thread_arrives() -> None:
    bus = Bus()
    outlet = Hub(bus).watch("c1")
    await asyncio.to_thread(bus.publish, Event("x", "c1", seq=1))
    assert await outlet.take(1) == Event("x", "c1", seq=1)


async def test_a_full_outlet_drops_and_says_so_once_and_for_all() -> None:
    outlet = Outlet(size=2)
    for number in range(3):
        outlet.offer(Event("x", "c", seq=number))
    assert outlet.overflowed.is_set()
    assert [await outlet.take(1), await outlet.take(1), await outlet.take(0.001)] == [Event("x", "c", seq=0), Event("x", "c", seq=1), None]


async def test_the_hub_hands_out_by_conversation_and_forgets_who_left() -> None:
    bus = Bus()
    hub = Hub(bus)
    mine, other = hub.watch("c1"), hub.watch("c2")
    bus.publish(Event("x", "c1", seq=1))
    assert await mine.take(1) == Event("x", "c1", seq=1)
    assert await other.take(0.001) is None
    hub.unwatch("c1", mine)
    bus.publish(Event("x", "c1", seq=2))
    assert await mine.take(0.001) is None
    await hub.close()
    bus.publish(Event("x", "c2", seq=1))
    assert await other.take(0.001) is None

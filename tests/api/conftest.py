"""A fake assistant behind a real server, and a conversation opened in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from assistant.api.deps import Example
from assistant.api.server import make_app
from assistant.clock import SeededIds
from tests.api.fake import FakeAssistant


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def client(assistant: FakeAssistant) -> Iterator[TestClient]:
    app = make_app(assistant, demo=True, examples=(Example("L1/Ann Lee", "Take it back"),), ids=SeededIds("t"))
    with TestClient(app) as opened:
        yield opened


@pytest.fixture
def conversation(client: TestClient) -> str:
    answer = client.post("/v1/conversations", json={"as": "L1/Ann Lee"})
    assert answer.status_code == 201
    return str(answer.json()["conversation"])

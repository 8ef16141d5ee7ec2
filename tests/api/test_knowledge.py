"""The staff's routes on documents, over a real store: what is done there is seen by customers at once, and what is internal or removed never."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.api.server import make_app
from assistant.clock import SeededIds
from assistant.knowledge.base import Knowledge
from assistant.store.engine import open_store
from assistant.workspace.model import Settings
from tests.api.fake import FakeAssistant
from tests.knowledge.garden import HashEncoder, Still, documents, workspace
from tests.knowledge.shelf import SECRET


class Librarian(FakeAssistant):
    """The fake with the garden company's documents."""

    knowledge: Knowledge


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with open_store(tmp_path / "state" / "assistant.db") as store:
        found = workspace(tmp_path, documents())
        found.settings.knowledge = Settings.__dataclass_fields__["knowledge"].default
        assistant = Librarian()
        assistant.clock = Still()  # type: ignore[assignment]
        assistant.knowledge = Knowledge(store, found, HashEncoder(), state=tmp_path / "state", clock=Still())
        assistant.knowledge.sync()
        with TestClient(make_app(assistant, demo=True, ids=SeededIds("t"))) as opened:
            yield opened
        assistant.knowledge.close()


def upload(client: TestClient, text: str = SECRET, **form: str) -> Any:
    return client.post("/v1/knowledge", files={"file": ("press.md", text.encode(), "text/markdown")}, data={"by": "mia", **form})


def test_a_document_lives_over_http(client: TestClient) -> None:
    assert upload(client, draft="true").json()["documents"] == [{"document": "press", "language": "en", "version": 1}]
    assert client.get("/demo/document/press").status_code == 404
    assert client.post("/v1/knowledge/press/publish", json={"by": "noa"}).json()["done"] == [1]
    assert client.get("/demo/document/press").json()["version"] == 1
    found = client.get("/v1/knowledge/search", params={"q": "gold press torque"}).json()["passages"]
    assert found[0]["document"] == "press"
    edited = client.put("/v1/knowledge/press/en", json={"by": "mia", "text": SECRET.replace("431", "432"), "seen": 1})
    assert (edited.status_code, edited.json()["state"]) == (201, "draft")
    assert client.put("/v1/knowledge/press/en", json={"by": "mia", "text": "x", "seen": 1}).status_code == 409
    (variant,) = client.get("/v1/knowledge/press/diff").json()["variants"]
    assert any(word["text"] == "432" for section in variant["sections"] for word in section["words"])
    assert [act["act"] for act in client.get("/v1/knowledge/press").json()["acts"]] == ["draft", "publish", "draft"]


def test_a_removed_document_is_gone_for_customers_at_once(client: TestClient) -> None:
    assert client.get("/demo/document/returns").status_code == 200
    removed = client.delete("/v1/knowledge/returns", params={"by": "mia"}).json()
    assert (removed["hits"], removed["purged"] > 0, removed["transcripts"]) == (0, True, "kept")
    assert client.get("/demo/document/returns").status_code == 404
    assert client.get("/v1/knowledge/returns").status_code == 404
    assert client.get("/v1/knowledge").json()["tombstones"][0]["id"] == "returns"


def test_what_is_internal_expired_or_not_yet_valid_is_not_shown_to_customers(client: TestClient) -> None:
    for hidden in ("desk", "old-returns", "coming", "nothing"):
        assert client.get(f"/demo/document/{hidden}").status_code == 404
    public = client.get("/v1/knowledge/search", params={"q": "late returns desk accept 45 days", "k": 50}).json()["passages"]
    assert {"desk", "old-returns", "coming"}.isdisjoint({each["document"] for each in public})


def test_the_routes_are_the_staffs(tmp_path: Path) -> None:
    with TestClient(make_app(FakeAssistant(), ids=SeededIds("t"))) as opened:
        assert opened.get("/v1/knowledge").status_code == 404
        assert opened.delete("/v1/knowledge/returns", params={"by": "x"}).status_code in (404, 405)


def test_a_file_that_cannot_be_read_is_told(client: TestClient) -> None:
    answer = client.post("/v1/knowledge", files={"file": ("x.bin", b"\x00\x01\x02", "application/octet-stream")}, data={"by": "mia"})
    assert (answer.status_code, "x.bin" in answer.json()["error"]["message"]) == (422, True)

"""The staff's routes on documents, over a real store: what is done there is seen by customers at once, and what is internal or removed never."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.api.server import make_app
from assistant.clock import SeededIds
from assistant.evaluation.retrieval_desk import desk_of
from assistant.knowledge.base import Knowledge
from assistant.store.engine import open_store
from assistant.workspace.model import Settings
from tests.api.fake import FakeAssistant
from tests.knowledge.garden import RETURNS_EN, HashEncoder, Still, documents, workspace
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
        with TestClient(make_app(assistant, demo=True, ids=SeededIds("t"), bench=desk_of(assistant.knowledge))) as opened:
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


def test_the_bench_over_http(client: TestClient) -> None:
    tried = client.post("/v1/knowledge/test", json={"query": "return window", "k": 2, "settings": {"weight": 0.0}, "save": "r-1"}).json()
    assert [each["rank"]["fused"] for each in tried["passages"]] == [1, 2]
    assert {"against", "side_by_side", "saved"} <= tried.keys()
    assert client.post("/v1/knowledge/test", json={"query": "return window", "settings": {"heavy": 1}}).status_code == 422
    assert client.post("/v1/knowledge/test", json={"query": "return window", "save": "r-1"}).status_code == 409
    judged = client.post("/v1/knowledge/eval", json={}).json()
    assert judged["questions"] == 1
    assert {each["asked"] for each in judged["directions"]} == {"en"}
    assert client.post("/v1/knowledge/eval", json={"file": "nothing.jsonl"}).status_code == 404
    touched = client.post("/v1/knowledge/impact", json={"document": "returns", "retire": True}).json()
    assert (touched["safe"], [each["id"] for each in touched["cases"]]) == (False, ["r-1"])
    kept = client.post("/v1/knowledge/impact", json={"document": "returns", "text": RETURNS_EN}).json()
    assert (kept["safe"], kept["sections"]) == (True, [])
    assert client.post("/v1/knowledge/impact", json={"document": "nothing"}).status_code == 404


def test_open_questions_and_suggestions_over_http(client: TestClient) -> None:
    assert client.get("/v1/knowledge/gaps").json() == {"questions": 0, "groups": []}
    assert client.get("/v1/knowledge/suggestions").json() == {"suggestions": []}
    assert client.post("/v1/knowledge/suggestions/faq-0/approve", json={"by": "mia"}).status_code == 404
    assert client.post("/v1/knowledge/suggestions/faq-0/reject", json={}).status_code == 422


def test_a_page_of_another_host_may_not_act(client: TestClient) -> None:
    foreign = {"Origin": "https://elsewhere.example"}
    assert client.delete("/v1/knowledge/returns", params={"by": "x"}, headers=foreign).status_code == 403
    assert client.post("/v1/knowledge/test", json={"query": "x"}, headers=foreign).status_code == 403
    assert client.get("/demo/contacts", headers=foreign).status_code == 403
    assert client.get("/v1/knowledge", headers={"Origin": "http://testserver"}).status_code == 200


def test_thumbs_over_http_are_kept_and_move_nothing(client: TestClient) -> None:
    assert client.get("/v1/knowledge/feedback").json() == {"up": 0, "down": 0, "corrections": 0, "cases": [], "without_a_right_place": [], "changes": []}
    opened = client.post("/v1/conversations", json={"as": "L1/Ann Lee"}).json()["conversation"]
    assert client.post(f"/v1/conversations/{opened}/feedback", json={"turn": "t-none", "thumb": "up"}).status_code == 404
    assert client.post(f"/v1/conversations/{opened}/feedback", json={"turn": "t-none", "thumb": "great"}).status_code == 422
    assert client.post("/v1/conversations/nobody/feedback", json={"turn": "t", "thumb": "up"}).status_code == 404
    assert client.post("/v1/knowledge/feedback", json={"by": "mia", "turn": "t-none", "thumb": "down"}).status_code == 404
    assert client.post("/v1/knowledge/feedback/propose", json={"by": "mia"}).status_code == 422
    proposed = client.post("/v1/knowledge/feedback/propose", json={"by": "mia", "settings": {"edge": 0.35}})
    assert (proposed.status_code, proposed.json()["settings"]) == (201, {"edge": 0.35})
    n = proposed.json()["n"]
    applied = client.post(f"/v1/knowledge/feedback/changes/{n}/approve", json={"by": "noa"}).json()
    assert (applied["state"], applied["settings"]["edge"]) == ("applied", 0.35)
    assert client.post(f"/v1/knowledge/feedback/changes/{n}/approve", json={"by": "noa"}).status_code == 409
    assert client.post(f"/v1/knowledge/feedback/changes/{n}/revert", json={"by": "noa"}).json()["state"] == "reverted"
    assert client.get("/v1/knowledge/sources").json() == {"sources": []}
    assert client.delete("/v1/knowledge/sources", params={"origin": "folder:/x", "by": "mia"}).status_code == 404
    section = client.get("/demo/document/returns").json()["sections"][0]
    placed = client.get("/v1/knowledge/cited", params={"at": f"returns@1#{section['id']}"}).json()
    assert (placed["line"], placed["text"]) == (section["line"], section["text"])

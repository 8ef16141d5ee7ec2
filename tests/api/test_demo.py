"""The demonstration's routes: who to be, what the trace shows, speaking as a person, and a citation's place in its document."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient


def test_the_contacts_come_with_people_and_examples(client: TestClient) -> None:
    told = client.get("/demo/contacts").json()
    assert (told["default"], told["agents"]) == ("L1/Ann Lee", ["Mia Fox"])
    assert told["examples"] == [{"as": "L1/Ann Lee", "text": "Take it back"}]


def test_the_clock_is_the_business_clock(client: TestClient) -> None:
    assert client.get("/demo/clock").json() == {"now": "2026-03-02T01:00:00+00:00", "timezone": "Asia/Shanghai"}


def test_the_trace_shows_the_staffs_view(client: TestClient, conversation: str) -> None:
    turn = client.post(f"/v1/conversations/{conversation}/messages", json={"text": "hi"}).json()["turn"]
    assert client.get(f"/demo/trace/{turn}").json()["view"]["rule"] == "DATE.earliest"
    assert client.get("/demo/trace/turn-unknown").status_code == 404


@pytest.mark.parametrize("body", [{"name": "mia"}, {"name": "mia", "say": "hi", "close": True}, {"say": "hi"}])
def test_a_person_either_speaks_or_closes(client: TestClient, conversation: str, body: dict[str, Any]) -> None:
    assert client.post(f"/demo/agent/{conversation}", json=body).status_code == 422


def test_a_citation_is_found_in_its_section_by_its_characters(client: TestClient) -> None:
    told = client.get("/demo/document/returns", params={"language": "zh"}).json()
    assert (told["language"], told["version"]) == ("en", 3)
    section = next(each for each in told["sections"] if each["id"] == "en/how-long")
    assert section["heading"] == ["Taking lamps back", "How long"]
    start = section["text"].index("within 21 days")
    assert section["text"][start : start + 14] == "within 21 days"


def test_the_catalogue_is_a_document_and_internal_ones_are_not_found(client: TestClient) -> None:
    told = client.get("/demo/document/catalog", params={"language": "en"}).json()
    assert [(each["id"], "US$25.00" in each["text"]) for each in told["sections"]] == [("D-1", True)]
    assert client.get("/demo/document/margins").status_code == 404
    assert client.get("/demo/document/none").status_code == 404


def test_a_trace_has_words_for_procedures_and_their_intents_in_every_script(client: TestClient) -> None:
    titles = client.get("/demo/contacts").json()["titles"]
    assert titles["invoice"] == {"zh": "开票", "zh-Hant": "開票", "en": "Invoice"}

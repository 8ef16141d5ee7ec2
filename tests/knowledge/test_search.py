"""What is found, and above all what is not: other audiences, other times, other products, other languages of the same document."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from assistant.knowledge.base import Knowledge
from assistant.store import knowledge as kb
from assistant.store.engine import SqlStore
from assistant.types import Language, Passage, Scope
from tests.knowledge.garden import NOW, ZONE


def search(knowledge: Knowledge, query: str, scope: Scope, language: Language = "en", k: int = 5) -> tuple[Passage, ...]:
    return knowledge.search(query, language=language, scope=scope, k=k)


def test_the_section_that_says_it_comes_first(knowledge: Knowledge, scope: Scope) -> None:
    first = search(knowledge, "how many days to return unused tools", scope)[0]
    assert (first.document, first.id, first.language, first.version) == ("returns", "en/return-window", "en", 1)
    assert 0 <= first.lexical <= 1
    assert first.fused > 0


def test_customers_never_see_what_is_internal(knowledge: Knowledge, scope: Scope) -> None:
    query = "late returns accepted by the desk up to 45 days"
    assert "desk" not in {passage.document for passage in search(knowledge, query, scope, k=50)}
    assert search(knowledge, query, replace(scope, audience="internal"))[0].document == "desk"


@pytest.mark.parametrize(
    ("at", "seen"),
    [
        ("2025-12-31T23:59:59", {"old-returns"}),
        ("2026-01-01T00:00:00", set()),
        ("2026-06-30T23:59:59", set()),
        ("2026-07-01T00:00:00", {"coming"}),
    ],
)
def test_a_document_answers_within_its_validity_to_the_minute(knowledge: Knowledge, scope: Scope, at: str, seen: set[str]) -> None:
    instant = datetime.fromisoformat(at).replace(tzinfo=ZONE)
    found = {passage.document for passage in search(knowledge, "return window days tools", replace(scope, at=instant), k=50)}
    assert found & {"old-returns", "coming"} == seen


def test_a_product_never_answers_for_another(knowledge: Knowledge, scope: Scope) -> None:
    found = search(knowledge, "noise weight cutting width", replace(scope, products=("M-52",)), k=50)
    assert found
    assert all(not passage.products or "M-52" in passage.products for passage in found)
    assert "M-40" not in {passage.id for passage in found}


def test_the_askers_variant_is_preferred_and_another_language_still_found(knowledge: Knowledge, scope: Scope) -> None:
    chinese = search(knowledge, "退货期限", scope, "zh-Hant", k=50)
    assert {passage.language for passage in chinese if passage.document == "returns"} == {"zh"}
    assert {passage.language for passage in chinese if passage.document == "care"} == {"en"}
    assert {passage.language for passage in search(knowledge, "return window", scope, k=50) if passage.document == "returns"} == {"en"}


def test_another_variant_serves_while_the_askers_own_is_not_valid(knowledge: Knowledge, store: SqlStore, scope: Scope) -> None:
    store.write_now(lambda conn: kb.retire(conn, [("returns", "zh")], tenant="garden", at=NOW))
    knowledge.refresh()
    assert {passage.language for passage in search(knowledge, "return window", scope, "zh-Hans", k=50) if passage.document == "returns"} == {"en"}


def test_what_sql_has_retired_is_not_shown_even_before_the_snapshot_knows(knowledge: Knowledge, store: SqlStore, scope: Scope) -> None:
    knowledge.snapshot()
    store.write_now(lambda conn: kb.retire(conn, [("returns", "en")], tenant="garden", at=NOW))
    assert "returns" not in {passage.document for passage in search(knowledge, "return window days", scope, k=50)}


@pytest.mark.parametrize("query", ["", "   ", "???", "👍👍", "\ud800"])
def test_a_question_without_words_finds_nothing(knowledge: Knowledge, scope: Scope, query: str) -> None:
    assert search(knowledge, query, scope) == ()


def test_the_same_question_finds_the_same(knowledge: Knowledge, scope: Scope) -> None:
    assert len({search(knowledge, "sharpen the blade", scope) for _ in range(5)}) == 1


def test_traditional_characters_find_simplified_text(knowledge: Knowledge, scope: Scope) -> None:
    assert search(knowledge, "退貨期限", scope, "zh-Hant")[0].document == "returns"

"""What a change touches: quotes that no longer stand, cases whose strings are gone, sections that are not the same."""

from __future__ import annotations

from dataclasses import replace

from assistant.knowledge.base import Knowledge
from assistant.knowledge.cases import Case
from assistant.knowledge.impact import changes, impact
from assistant.knowledge.publish import document_sections
from assistant.store.knowledge import SectionRow
from assistant.store.lookback import Told
from tests.knowledge.garden import NOW, RETURNS_EN


def sections(knowledge: Knowledge, document: str = "returns") -> tuple[SectionRow, ...]:
    return tuple(each for each in knowledge.snapshot().sections if each.document == document)


def with_body(knowledge: Knowledge, body: str) -> tuple[SectionRow, ...]:
    """The sections of both variants with another English text."""
    row = next(row for row in knowledge.snapshot().documents if (row.id, row.language) == ("returns", "en"))
    kept = tuple(each for each in sections(knowledge) if each.language == "zh")
    return (*document_sections(row, body, line=1, names=knowledge.names), *kept)


def told(quote: str, section: str = "en/return-window", document: str = "returns") -> Told:
    return Told("t1", "c1", NOW, "how long", "…", ({"document": document, "version": 1, "section": section, "quote": quote},))


WINDOW = "Unused tools can be returned within 20 days of delivery."


def test_nothing_changes_when_nothing_changed(knowledge: Knowledge) -> None:
    old = sections(knowledge)
    found = impact("returns", old=old, new=old, told=[told(WINDOW)], cases=[("a.jsonl", Case("1", "how long", "en", ("returns",), (), ("20 days",)))])
    assert (found.sections, found.safe, [each.fate for each in found.answers], [each.fate for each in found.cases]) == ((), True, ["stands"], ["stands"])


def test_a_changed_window_touches_what_quoted_it(knowledge: Knowledge) -> None:
    new = with_body(knowledge, RETURNS_EN.replace("20 days", "30 days"))
    answers = [told(WINDOW), told("Used tools cannot be\nreturned."), told("x", document="care"), told("Hand the box to the carrier.", "en/how-to-return")]
    cases = [
        ("a.jsonl", Case("1", "how long", "en", ("returns",), ("Return window",), ("20 days", "20 天"))),
        ("a.jsonl", Case("2", "used ones?", "en", ("returns", "faq"), (), ("Used tools cannot",))),
        ("b.yaml", Case("3", "window?", "en", ("returns",), ("Return window",))),
        ("b.yaml", Case("4", "label?", "en", ("returns",), ("How to return",))),
        ("b.yaml", Case("5", "torque?", "en", ("care",))),
    ]
    found = impact("returns", old=sections(knowledge), new=new, told=answers, cases=cases)
    assert [(each.section, each.kind) for each in found.sections] == [("en/return-window", "changed")]
    assert [(each.quote[:6], each.fate) for each in found.answers] == [("Unused", "changed"), ("Used t", "stands"), ("Hand t", "stands")]
    assert {each.id: each.fate for each in found.cases} == {"1": "stands", "2": "stands", "3": "changed", "4": "stands"}
    assert next(each.others for each in found.cases if each.id == "2") == ("faq",)
    assert not found.safe


def test_a_retired_document_takes_everything_with_it(knowledge: Knowledge) -> None:
    found = impact("returns", old=sections(knowledge), new=(), told=[told(WINDOW)], cases=[("a", Case("1", "?", "en", ("returns",), (), ("20 days",)))])
    assert {each.kind for each in found.sections} == {"removed"}
    assert [each.fate for each in (*found.answers, *found.cases)] == ["gone", "gone"]


def test_sections_are_compared_by_their_words(knowledge: Knowledge) -> None:
    old = sections(knowledge)
    spaced = tuple(replace(each, text=each.text.replace(" ", "\n")) for each in old)
    assert changes(old, spaced) == ()
    assert {(each.section, each.kind) for each in changes(old, with_body(knowledge, "# Returns\n\n## Fees\nNone."))} == {
        ("en/fees", "added"), ("en/return-window", "removed"), ("en/how-to-return", "removed"),
    }  # fmt: skip

"""Open questions become groups, colleagues' answers become entries without personal data, approved entries are found by their questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pytest

from assistant.errors import InvalidInput
from assistant.knowledge.base import Knowledge
from assistant.knowledge.concepts import Concepts
from assistant.knowledge.learning import Suggestion, approve, cluster_gaps, edited, suggest
from assistant.knowledge.mentions import Names
from assistant.knowledge.publish import Writing
from assistant.knowledge.redact import Redactor
from assistant.store.engine import SqlStore
from assistant.store.gaps import Gap
from assistant.store.knowledge_life import list_acts
from assistant.store.lookback import Spoken
from assistant.types import Scope
from tests.knowledge.garden import NOW, HashEncoder

NONE = Concepts({}, {})


class TopicEncoder:
    """A dimension for each topic; texts of one topic are near whatever their language, those of none say next to nothing."""

    name, version, dimension = "topic", "1", 4
    topics = (("battery", "电池"), ("hedge", "树篱"), ("spare", "备件"))

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        rows = np.array([[any(word in text.lower() for word in topic) for topic in self.topics] + [0.05] for text in texts], dtype=np.float32)
        made: npt.NDArray[np.float32] = (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)).astype(np.float32)
        return made


def gap(n: int, text: str, *, conversation: str = "", language: str = "en") -> Gap:
    return Gap(f"g{n}", conversation or f"c{n}", f"t{n}", text, language, NOW + timedelta(hours=n), {})


def test_gaps_are_grouped_by_meaning_across_languages_and_counted(names: Names) -> None:
    gaps = [gap(1, "which battery fits"), gap(2, "电池型号", language="zh-Hans"), gap(3, "can it cut a hedge"), gap(4, "Which battery fits?"), gap(5, "???")]
    first, second = cluster_gaps(gaps, TopicEncoder(), names, NONE)
    assert (first.count, first.languages, first.conversations) == (3, {"en": 2, "zh-Hans": 1}, 3)
    assert set(first.gaps) == {"g1", "g2", "g4"}
    assert sorted(first.examples) == ["which battery fits", "电池型号"]
    assert (first.first, first.last) == (gaps[0].at, gaps[3].at)
    assert (second.question, second.gaps) == ("can it cut a hedge", ("g3",))


def test_a_group_keeps_its_id_while_it_grows(names: Names) -> None:
    gaps = [gap(1, "which battery fits"), gap(2, "battery type")]
    (small,) = cluster_gaps(gaps[:1], TopicEncoder(), names, NONE)
    (grown,) = cluster_gaps(gaps, TopicEncoder(), names, NONE)
    assert small.id == grown.id
    assert cluster_gaps([], TopicEncoder(), names, NONE) == ()


def test_questions_about_different_products_stay_apart(names: Names) -> None:
    gaps = [gap(1, "battery of the M-40"), gap(2, "battery of the M-52"), gap(3, "M-40 battery?")]
    assert [each.gaps for each in cluster_gaps(gaps, TopicEncoder(), names, NONE)] == [("g1", "g3"), ("g2",)]


def test_questions_of_one_product_are_grouped_by_what_they_ask(names: Names) -> None:
    class Named(TopicEncoder):
        """What is asked, and louder than that the product it is asked of."""

        topics = (*TopicEncoder.topics, ("m-40",), ("m-40",))

    gaps = [gap(1, "which battery fits the M-40"), gap(2, "M-40 battery?"), gap(3, "can the M-40 cut a hedge"), gap(4, "M-40")]
    assert sorted(each.gaps for each in cluster_gaps(gaps, Named(), names, NONE)) == [("g1", "g2"), ("g3",), ("g4",)]


def said(*lines: tuple[str, str, str], conversation: str = "c1") -> list[Spoken]:
    return [Spoken(conversation, n, role, "x", text, NOW, turn) for n, (role, text, turn) in enumerate(lines, 1)]


redact = Redactor({"Dana Cole": "name"}, lambda text: ())


def test_an_answer_of_a_person_becomes_an_entry_without_names(names: Names) -> None:
    talk = said(
        ("customer", "which battery fits", "t1"),
        ("agent", "Hello!", ""),
        ("agent", "Which mower do you have?", ""),
        ("customer", "the small one, I am Dana Cole", "t8"),
        ("agent", "Dana, the small mower takes the 4 Ah battery pack.", ""),
    )
    (found,) = suggest(
        [gap(1, "which battery fits", conversation="c1"), gap(2, "电池型号", language="zh-Hans")], talk, TopicEncoder(), names, concepts=NONE, redact=redact
    )
    assert (found.question, found.answer) == ("which battery fits", "[name], the small mower takes the 4 Ah battery pack.")
    assert (found.asked, found.redacted, found.ready, found.language) == (2, {"name": 1}, False, "en")
    assert (found.sources, set(found.gaps)) == ((("c1", 1),), {"g1", "g2"})
    assert edited(found, answer="The small mower takes the 4 Ah battery pack.").ready


def test_of_several_answers_the_typical_one_is_taken_and_the_others_shown(names: Names) -> None:
    answers = [
        "The battery pack holds 4 Ah and fits all mowers.",
        "Take the hedge trimmer with spare blades instead.",
        "Battery packs of 4 Ah fit every mower.",
    ]
    talks = [each for n, text in enumerate(answers, 1) for each in said(("customer", "which battery", f"t{n}"), ("agent", text, ""), conversation=f"c{n}")]
    gaps = [gap(n, "which battery", conversation=f"c{n}") for n in (1, 2, 3)]
    (found,) = suggest(gaps, talks, TopicEncoder(), names, concepts=NONE, redact=redact)
    assert found.answer == answers[2]
    assert set(found.others) == {answers[0], answers[1]}
    assert suggest(gaps, [], TopicEncoder(), names, concepts=NONE, redact=redact) == ()


def test_a_question_put_to_a_person_counts_without_a_gap(names: Names) -> None:
    talk = said(("customer", "Do you have spare parts for it?", "t1"), ("agent", "Spare parts are kept for ten years after the last sale.", ""))
    (found,) = suggest([], talk, TopicEncoder(), names, concepts=NONE, redact=redact)
    assert (found.question, found.gaps, found.asked) == ("Do you have spare parts for it?", (), 1)
    small_talk = said(("customer", "thank you", "t1"), ("agent", "Spare parts are kept for ten years after the last sale.", ""))
    assert suggest([], small_talk, TopicEncoder(), names, concepts=NONE, redact=redact) == ()


ENTRY = Suggestion(
    "faq-1", "Which battery pack fits the mowers", "All mowers take the 4 Ah pack of the orange series.", "en", 2,
    ("Which battery pack fits the mowers", "orange series battery pack"), (), {}, (), (), ("g1",),
)  # fmt: skip


def test_an_approved_entry_is_live_found_and_recorded(knowledge: Knowledge, store: SqlStore, encoder: HashEncoder, scope: Scope) -> None:
    writing = Writing(store, encoder, "garden", NOW, "Mei")
    assert knowledge.search("orange series battery pack", language="en", scope=scope, k=1)[0].document != "faq-1"
    proof = approve(knowledge, writing, ENTRY, asked={"g1": "battery pack for mowers", "g2": "blade bolt torque"})
    assert proof.holds
    assert proof.places == {"Which battery pack fits the mowers": 1, "orange series battery pack": 1}
    assert proof.closed == ("g1",)
    found = knowledge.search("battery pack orange series", language="en", scope=scope, k=1)[0]
    assert (found.document, found.version, found.level) == ("faq-1", 1, "scene")
    assert [act.who for act in store.read_now(lambda conn: list_acts(conn, tenant="garden", document="faq-1"))] == ["Mei"]
    assert approve(knowledge, writing, edited(ENTRY, answer="They take the 5 Ah pack of the orange series.")).version == 2
    knowledge.sync()
    assert knowledge.search("battery pack orange series", language="en", scope=scope, k=1)[0].document == "faq-1"


def test_an_entry_about_a_product_is_that_products(knowledge: Knowledge, store: SqlStore, encoder: HashEncoder, scope: Scope) -> None:
    entry = edited(ENTRY, question="Which battery fits the M-40", answer="The M-40 takes the orange pack.")
    approve(knowledge, Writing(store, encoder, "garden", NOW, "Mei"), entry)
    other = replace(scope, products=("M-52",))
    assert "faq-1" not in {each.document for each in knowledge.search("battery orange pack", language="en", scope=other, k=50)}


@pytest.mark.parametrize("changes", [{"answer": "Ask [name]."}, {"question": "for [company]?"}, {"answer": "  "}])
def test_what_is_personal_or_empty_never_goes_live(knowledge: Knowledge, store: SqlStore, encoder: HashEncoder, changes: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        approve(knowledge, Writing(store, encoder, "garden", NOW, "Mei"), replace(ENTRY, **changes))
    assert "faq-1" not in {row.id for row in knowledge.refresh().documents}

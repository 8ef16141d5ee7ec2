"""The second opinion: silent until most sections have a vector, kept in a file, stopped at once, and no harm when its encoder fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

import numpy as np
import numpy.typing as npt

from assistant.errors import BackendUnavailable
from assistant.knowledge.base import Knowledge
from assistant.knowledge.beside import Beside, Paired, left_behind, section_key, section_keys
from assistant.knowledge.fit import Bench
from assistant.knowledge.search import HybridRetriever, Mix
from assistant.knowledge.snapshot import Snapshot
from assistant.store.engine import SqlStore
from assistant.types import Scope
from tests.knowledge.garden import RETURNS_EN, HashEncoder, Still, changed, documents, workspace

WORDS = ("return", "退", "warranty", "blade", "bolt", "price")


class Counting:
    """A passage encoder that counts words; `asked` and `read` tell what it was given."""

    name, version, dimension = "counting", "1", len(WORDS) + 1

    def __init__(self) -> None:
        self.read: list[str] = []
        self.broken = False

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        if self.broken:
            raise BackendUnavailable("broken")
        rows = np.array([[*(text.lower().count(word) for word in WORDS), 0.1] for text in texts], dtype=np.float32)
        made: npt.NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return made

    def encode_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.read += texts
        return self.encode(texts)


def test_it_says_nothing_before_it_has_read(knowledge: Knowledge, tmp_path: Path) -> None:
    beside, snapshot = Beside(Counting(), tmp_path), knowledge.snapshot()
    everything = range(len(snapshot.sections))
    assert beside.scores("return", snapshot, everything) is None
    made = beside.bring(snapshot)
    assert made == len({section_key(s, snapshot.documents[int(d)].title) for s, d in zip(snapshot.sections, snapshot.document, strict=True)})
    scores = beside.scores("return", snapshot, everything)
    assert scores is not None
    assert scores.shape == (len(snapshot.sections),)
    assert "return" in snapshot.sections[int(scores.argmax())].text.lower() + snapshot.sections[int(scores.argmax())].heading.lower()


def test_what_was_read_is_kept_in_its_file(knowledge: Knowledge, tmp_path: Path) -> None:
    Beside(Counting(), tmp_path).bring(knowledge.snapshot())
    again = Counting()
    assert Beside(again, tmp_path).bring(knowledge.snapshot()) == 0
    assert again.read == []


def test_a_stop_ends_it_between_batches(knowledge: Knowledge, tmp_path: Path) -> None:
    stop = Event()
    stop.set()
    assert Beside(Counting(), tmp_path).bring(knowledge.snapshot(), stop) == 0


def test_an_encoder_that_fails_leaves_the_first_one_alone(knowledge: Knowledge, tmp_path: Path) -> None:
    encoder = Counting()
    beside = Beside(encoder, tmp_path)
    beside.bring(knowledge.snapshot())
    encoder.broken = True
    assert beside.scores("return", knowledge.snapshot(), [0, 1]) is None


def test_its_say_changes_the_order_and_is_told(knowledge: Knowledge, scope: Scope, tmp_path: Path) -> None:
    beside = Beside(Counting(), tmp_path)
    beside.bring(knowledge.snapshot())
    plain = Bench(knowledge.snapshot(), knowledge.encoder, knowledge.names, knowledge.concepts, Mix(second=50.0))
    without = HybridRetriever(plain).find("when can I return a tool", language="en", scope=scope, k=5)
    found = HybridRetriever(replace(plain, second=beside)).find("when can I return a tool", language="en", scope=scope, k=5)
    assert without is not None
    assert found is not None
    assert (without.seconded, found.seconded) == (False, True)
    assert found.hits[0].opinion > max(hit.opinion for hit in found.hits) - 0.02
    assert [hit.opinion for hit in without.hits] == [0.0] * len(without.hits)


def test_names_of_removed_sections_are_known(knowledge: Knowledge) -> None:
    snapshot = knowledge.snapshot()
    section, title = snapshot.sections[0], snapshot.documents[int(snapshot.document[0])].title
    assert section_key(section, title) in section_keys([section], ["another", title])
    assert section_key(section, title) != section_key(replace(section, hash="other"), title)


def test_a_pair_is_the_first_encoder_to_everyone_else(knowledge: Knowledge) -> None:
    pair = Paired(knowledge.encoder, Counting())
    assert (pair.name, pair.version, pair.dimension) == (knowledge.encoder.name, knowledge.encoder.version, knowledge.encoder.dimension)
    assert np.allclose(pair.encode(["a"]), knowledge.encoder.encode(["a"]))


def test_a_command_waits_for_the_vectors_of_what_was_found_and_a_server_does_not(knowledge: Knowledge, tmp_path: Path) -> None:
    beside, snapshot = Beside(Counting(), tmp_path), knowledge.snapshot()
    assert beside.scores("return", snapshot, [3, 1, 2]) is None
    beside.patience = 60.0
    scores = beside.scores("return", snapshot, [3, 1, 2])
    assert scores is not None
    assert scores.shape == (3,)
    again = Counting()
    patient = Beside(again, tmp_path)
    patient.patience = 60.0
    assert patient.scores("return", snapshot, [1, 2, 3]) is not None
    assert again.read == []


def test_patience_ends(knowledge: Knowledge, tmp_path: Path) -> None:
    encoder = Counting()
    beside, snapshot = Beside(encoder, tmp_path), knowledge.snapshot()
    beside.patience = 1e-9
    assert beside.scores("return", snapshot, range(len(snapshot.sections))) is None
    assert len(encoder.read) <= 1


def test_an_edit_keeps_the_vectors_of_what_did_not_change_and_reads_the_rest(knowledge: Knowledge, store: SqlStore, tmp_path: Path) -> None:
    encoder = Counting()
    beside, first = Beside(encoder, tmp_path), knowledge.snapshot()
    beside.bring(first)
    edited = [changed(each, RETURNS_EN.replace("20 days", "25 days")) if each.language == "en" and each.id == "returns" else each for each in documents()]
    Knowledge(store, workspace(tmp_path, edited), HashEncoder(), state=tmp_path / "state", clock=Still()).sync()
    second = knowledge.refresh()
    everything = range(len(second.sections))
    encoder.read.clear()
    assert beside.bring(second) == len(encoder.read) == 1
    anew = Beside(Counting(), tmp_path)
    ours, theirs = beside.scores("return blade", second, everything), anew.scores("return blade", second, everything)
    assert ours is not None
    assert theirs is not None
    assert np.array_equal(ours, theirs)


def test_a_second_opinion_is_asked_for_where_the_best_section_leads_by_little(knowledge: Knowledge, scope: Scope) -> None:
    class Listening:
        """An opinion that only counts how often it is asked for."""

        asked = 0

        def scores(self, text: str, snapshot: Snapshot, numbers: Sequence[int]) -> npt.NDArray[np.float32] | None:
            self.asked += 1
            return np.zeros(len(numbers), dtype=np.float32)

    second = Listening()
    live = Bench(knowledge.snapshot(), knowledge.encoder, knowledge.names, knowledge.concepts, Mix(second=1.0), second=second)
    asked = {"language": "en", "scope": scope, "k": 5}
    first, next_ = HybridRetriever(replace(live, second=None)).find("sharpen the blade of the mower", **asked).hits[:2]  # type: ignore[union-attr,arg-type]
    lead = first.fused - next_.fused
    assert lead > 0
    for sure, seconded in ((lead / 2, False), (2 * lead, True), (float("inf"), True)):
        before = second.asked
        found = HybridRetriever(replace(live, sure=sure)).find("sharpen the blade of the mower", **asked)  # type: ignore[arg-type]
        assert found is not None
        assert (found.seconded, second.asked - before) == (seconded, int(seconded))


def test_what_is_still_being_read_of_a_removed_document_is_not_kept(knowledge: Knowledge, tmp_path: Path) -> None:
    earlier = knowledge.snapshot()
    current = replace(earlier, head=earlier.head + 1)
    gone = frozenset(section_key(earlier.sections[n], earlier.documents[int(earlier.document[n])].title) for n in range(3))
    beside = Beside(Counting(), tmp_path)
    beside.forget(gone, current.head)
    beside.bring(earlier)
    again = Counting()
    Beside(again, tmp_path).bring(earlier)
    assert len(again.read) == len(gone)
    beside.bring(current)
    assert Beside(Counting(), tmp_path).bring(current) == 0


def test_only_what_no_other_document_uses_is_left_behind(knowledge: Knowledge, store: SqlStore, encoder: HashEncoder) -> None:
    earlier = knowledge.snapshot()
    own = next(row for row in earlier.documents if row.id == "returns")
    kept = [n for n, row in enumerate(earlier.documents) if row.id != own.id]
    current = replace(earlier, documents=tuple(row for row in earlier.documents if row.id != own.id), sections=(), document=earlier.document[:0], hashes=())
    names = left_behind(earlier, current)
    sections = [section for section in earlier.sections if section.document == own.id]
    assert {chunk.hash for section in sections for chunk in section.chunks} < names
    assert {section_key(sections[0], own.title)} < names
    assert kept
    assert left_behind(earlier, earlier) == frozenset()
    assert not left_behind(earlier, replace(current, hashes=earlier.hashes)) & set(earlier.hashes)

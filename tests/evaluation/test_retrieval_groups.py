"""The judge of grouping: what it counts on labelled paraphrases, and that the shipped ones stay apart and together as well as they did."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.config import Config
from assistant.errors import InvalidInput
from assistant.evaluation.retrieval_groups import fitted, judged, read_groups
from assistant.knowledge.concepts import Concepts, concepts_of
from assistant.knowledge.encode import packaged_encoder
from assistant.knowledge.mentions import Names, names_of
from tests.conftest import ROOT
from tests.knowledge.garden import CATALOG, HashEncoder

SHIPPED = Path(__file__).parents[2] / "evals" / "data" / "gap_groups.jsonl"
NONE = Concepts({}, {})
TWO = (("blade of the hedge", "the hedge blade"), ("fuel in winter", "winter fuel"))


@pytest.fixture(scope="module")
def names() -> Names:
    return names_of(CATALOG)


def test_pairs_are_counted(names: Names) -> None:
    apart = judged(TWO, HashEncoder(), names, NONE)
    assert (apart.right, apart.made, apart.wanted, apart.precision, apart.recall) == (2, 2, 2, 1.0, 1.0)
    everything = judged(TWO, HashEncoder(), names, NONE, near=-9.0)
    assert (everything.right, everything.made, everything.wanted) == (2, 6, 2)
    nothing = judged(TWO, HashEncoder(), names, NONE, near=2.6)
    assert (nothing.made, nothing.precision, nothing.recall, nothing.f1) == (0, 1.0, 0.0, 0.0)
    assert fitted(TWO, HashEncoder(), names, NONE)[1] == 1.0


def test_questions_about_different_products_stay_apart(names: Names) -> None:
    same = (("does the M-40 mulch", "does the M-52 mulch"),)
    assert judged(same, HashEncoder(), names, NONE).made == 0
    assert judged((("does it mulch", "does it mulch?"),), HashEncoder(), names, NONE).made == 1


def test_a_file_without_groups_is_refused(tmp_path: Path) -> None:
    for text in ("", "no json", '{"id": "x"}', '{"id": "x", "questions": ["one"]}'):
        (tmp_path / "x.jsonl").write_text(text, encoding="utf-8")
        with pytest.raises(InvalidInput):
            read_groups(tmp_path / "x.jsonl")
    with pytest.raises(InvalidInput):
        read_groups(tmp_path / "none.jsonl")


def test_the_shipped_paraphrases_are_brought_together(names: Names) -> None:
    groups = read_groups(SHIPPED)
    assert len(groups) >= 40
    found = judged(read_groups(SHIPPED, "dev"), packaged_encoder(Config(ROOT).cache), names, concepts_of(CATALOG))
    assert (found.precision >= 0.6, found.recall >= 0.6, found.across >= 0.6) == (True, True, True)

"""A section that repeats another document's: shown once, with both places, and only where both may be seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.knowledge.base import Knowledge
from assistant.store.engine import SqlStore
from assistant.types import Answer, Scope, Sentence
from tests.knowledge.garden import NOW, HashEncoder, Still, document, workspace

STORING = "Drain the tank before winter, dry the deck with a cloth and keep the machine under a roof. Charge the battery every eight weeks."
PAGES = {
    "m-40-manual": (("M-40",), f"# M-40 manual\n\n## Winter\n{STORING}\n\n## Start\nPull the cord twice and let the engine warm up slowly."),
    "m-52-manual": (("M-52",), f"# M-52 manual\n\n## Winter store\n{STORING}\n\n## Start\nPress the green button until the lamp is lit."),
    "other-figure": ((), f"# Rider\n\n## Winter\n{STORING.replace('eight', 'every 4')}"),
    "desk": ((), f"# Desk\n\n## Winter\n{STORING}"),
}


@pytest.fixture
def manuals(tmp_path: Path, store: SqlStore, encoder: HashEncoder) -> Knowledge:
    found = [document(name, body, level="product", products=skus) for name, (skus, body) in PAGES.items()]
    found[-1] = replace(found[-1], audience="internal")
    knowledge = Knowledge(store, workspace(tmp_path, found), encoder, state=tmp_path, clock=Still())
    knowledge.sync()
    return knowledge


def quoted(knowledge: Knowledge, *documents: str) -> Answer:
    places = [knowledge.cite(each, "en", "Drain the tank before winter")[0] for each in documents]
    return Answer("passage", tuple(Sentence(place.quote, (place,)) for place in places), 0.9)


def cited(answer: Any) -> list[list[str]]:
    return [[citation.document for citation in sentence.citations] for sentence in answer.sentences]


def test_a_search_shows_it_once_and_names_the_other(manuals: Knowledge) -> None:
    found = manuals.search("drain the tank before winter", language="en", scope=Scope("public", NOW), k=4)
    winter = [each for each in found if "Drain the tank" in each.text]
    (shown,) = [each for each in winter if each.document.endswith("-manual")]
    (other,) = {"m-40-manual@1#en/winter", "m-52-manual@1#en/winter-store"} - {f"{shown.document}@1#{shown.id}"}
    assert shown.also == (other,)
    assert "other-figure" in {each.document for each in found}
    manuals.once = False
    assert {"m-40-manual", "m-52-manual"} <= {
        each.document for each in manuals.search("drain the tank before winter", language="en", scope=Scope("public", NOW), k=4)
    }


def test_a_sentence_cites_both_places_and_is_told_once(manuals: Knowledge) -> None:
    scope = Scope("public", NOW)
    assert cited(manuals.everywhere(quoted(manuals, "m-40-manual"), scope)) == [["m-40-manual", "m-52-manual"]]
    assert cited(manuals.everywhere(quoted(manuals, "m-40-manual", "m-52-manual"), scope)) == [["m-40-manual", "m-52-manual"]]
    place = manuals.everywhere(quoted(manuals, "m-40-manual"), scope).sentences[0].citations[1]  # type: ignore[union-attr]
    section = manuals.snapshot().sections[manuals.snapshot().section("m-52-manual", place.section, "en")]
    assert section.text[place.start : place.end] == place.quote
    manuals.once = False
    assert cited(manuals.everywhere(quoted(manuals, "m-40-manual"), scope)) == [["m-40-manual"]]


def test_what_a_caller_may_not_see_or_did_not_ask_about_is_no_place(manuals: Knowledge) -> None:
    of_one = Scope("public", NOW, ("M-40",))
    assert cited(manuals.everywhere(quoted(manuals, "m-40-manual"), of_one)) == [["m-40-manual"]]
    assert "desk" in cited(manuals.everywhere(quoted(manuals, "m-40-manual"), Scope("internal", NOW)))[0]

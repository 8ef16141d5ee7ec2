"""Marks of models: whose they are, and how a start is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ConfigError
from assistant.llm.back_ends import Given, make_route
from assistant.llm.marks import FILE, mark_of, read_marks, refuse_unfit, write_marks
from assistant.llm.route import BackEnd, Route
from assistant.workspace.company import ModelSpec

UNFIT: dict[str, Any] = {
    "marks": {"read": False, "answer": True},
    "probes": [{"name": "json", "ok": False, "detail": "no JSON came"}, {"name": "chinese", "ok": True, "detail": ""}],
}
FIT: dict[str, Any] = {"marks": {"read": True, "answer": True}, "probes": []}


def _route(tmp_path: Path, address: str, *, use: str = "openai:qwen3", **spec: Any) -> Route:
    made = make_route(ModelSpec(**spec), Given(tmp_path, address), use=(use,))
    assert made is not None
    return made


def _only(route: Route) -> BackEnd:
    (found,) = route.back_ends()
    return found


def test_one_name_at_two_addresses_has_two_marks(tmp_path: Path) -> None:
    here, there = _route(tmp_path, "http://127.0.0.1:1/v1"), _route(tmp_path, "http://127.0.0.1:2/v1")
    write_marks(tmp_path, _only(here), UNFIT)
    with pytest.raises(ConfigError):
        refuse_unfit(tmp_path, here.serving())
    refuse_unfit(tmp_path, there.serving())
    write_marks(tmp_path, _only(there), FIT)
    assert len(read_marks(tmp_path)) == 2
    with pytest.raises(ConfigError):
        refuse_unfit(tmp_path, here.serving())


def test_a_later_mark_takes_the_place_of_the_last_and_a_slash_makes_no_other_address(tmp_path: Path) -> None:
    write_marks(tmp_path, _only(_route(tmp_path, "http://127.0.0.1:1/v1")), UNFIT)
    write_marks(tmp_path, _only(_route(tmp_path, "http://127.0.0.1:1/v1/")), FIT)
    assert len(read_marks(tmp_path)) == 1
    refuse_unfit(tmp_path, _route(tmp_path, "http://127.0.0.1:1/v1").serving())


def test_the_settings_address_counts_before_that_of_the_environment(tmp_path: Path) -> None:
    set_there = _only(_route(tmp_path, "http://127.0.0.1:1/v1", url="http://127.0.0.1:2/v1"))
    assert mark_of(set_there) == mark_of(_only(_route(tmp_path, "http://127.0.0.1:2/v1")))


def test_a_file_is_told_apart_by_where_it_is_and_a_tape_by_what_it_records(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("format: 1\nrules:\n  - say: hello\n", encoding="utf-8")
    marks = [mark_of(_only(_route(tmp_path, "", use=use))) for use in ("scripted:a.yaml", "scripted:b.yaml", f"scripted:{tmp_path / 'a.yaml'}")]
    assert len({mark.split(" ")[-1] for mark in marks}) == 2
    taped = _only(_route(tmp_path, "", use="tape:record:t.tape:scripted:a.yaml"))
    assert taped.address == _only(_route(tmp_path, "", use="scripted:a.yaml")).address


def test_a_refused_start_says_each_thing_once_with_the_ways_out(tmp_path: Path) -> None:
    route = _route(tmp_path, "http://127.0.0.1:1/v1")
    write_marks(tmp_path, _only(route), UNFIT)
    with pytest.raises(ConfigError) as refused:
        refuse_unfit(tmp_path, route.serving())
    assert refused.value.problems == ("openai:qwen3 did not pass for the task read: json: no JSON came",)
    printed = "\n".join([refused.value.message, *map(str, refused.value.problems)])
    assert printed.count("no JSON came") == 1
    assert all(way in printed for way in ("assistant model test", "ASSISTANT_FORCE_MODEL=true", "--model"))


def test_nothing_of_the_address_can_be_read_in_the_file(tmp_path: Path) -> None:
    write_marks(tmp_path, _only(_route(tmp_path, "http://models.example/v1?key=s3cret")), FIT)
    assert "s3cret" not in (kept := (tmp_path / FILE).read_text(encoding="utf-8"))
    assert "models.example" not in kept


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"openai:qwen3": {"marks": {"read": false}}}', '{"format": 2, "marks": [1]}'])
def test_a_file_of_another_time_counts_as_none(tmp_path: Path, kept: str) -> None:
    (tmp_path / FILE).write_text(kept, encoding="utf-8")
    assert read_marks(tmp_path) == {}
    refuse_unfit(tmp_path, _route(tmp_path, "http://127.0.0.1:1/v1").serving())

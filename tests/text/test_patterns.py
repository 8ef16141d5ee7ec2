"""Compiled patterns between processes: the same matches, taken from the file and not compiled, nothing kept of what comes later, no harm by a bad file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from assistant.text import patterns

PLAIN = import_module("re._compiler").compile
SHAPES = (r"(?P<year>\d{4})-(?P<month>\d\d)", r"(?i)\bÜBER|[一-龥]{2,}(?=吗)", r"(a|b)*?\1(?!c)x{2,5}", r"^\s*#.*$", r"(?<=x)y|[^\W\d_]+|\U0001F600")
TEXTS = ("2026-06-15", "über alles", "可以吗", "ababxxx", "a\n  # b\nc", "xy z1 😀", "")


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    re.purge()
    yield
    patterns.end()
    assert import_module("re._compiler").compile is PLAIN
    re.purge()


def start(folder: Path, *shapes: str, flags: int = 0) -> list[re.Pattern[str]]:
    """What a process compiles while it starts."""
    re.purge()
    patterns.begin(folder)
    made = [re.compile(shape, flags) for shape in shapes]
    patterns.end()
    return made


def found(pattern: re.Pattern[str]) -> list[object]:
    return [[(match.span(), match.groups(), match.groupdict(), match.lastgroup) for match in pattern.finditer(text)] for text in TEXTS]


@pytest.mark.parametrize("flags", [0, re.IGNORECASE | re.MULTILINE])
def test_a_second_start_has_the_same_patterns(tmp_path: Path, flags: int) -> None:
    plain = [re.compile(shape, flags) for shape in SHAPES]
    first = start(tmp_path, *SHAPES, flags=flags)
    (file,) = tmp_path.iterdir()
    written = file.stat().st_mtime_ns
    second = start(tmp_path, *SHAPES, flags=flags)
    assert file.stat().st_mtime_ns == written, "nothing new, nothing written"
    for one, other, third in zip(plain, first, second, strict=True):
        assert (one.pattern, one.flags, one.groups, one.groupindex) == (third.pattern, third.flags, third.groups, third.groupindex)
        assert found(one) == found(other) == found(third)
        assert one == third


def test_a_pattern_is_taken_from_the_file(tmp_path: Path) -> None:
    start(tmp_path, "a")
    (file,) = tmp_path.iterdir()
    rows = patterns._load(file)
    other = dict(rows)
    start(tmp_path / "b", "b")
    other["a", 0] = patterns._load(next((tmp_path / "b").iterdir()))["b", 0]
    patterns._save(file, other)
    (made,) = start(tmp_path, "a")
    assert made.match("b"), "it was compiled anew"


def test_what_is_compiled_after_the_start_is_not_kept(tmp_path: Path) -> None:
    start(tmp_path, "early")
    assert re.compile("a customer's words").match("a customer's words")
    start(tmp_path, "early", "more")
    (file,) = tmp_path.iterdir()
    assert {pattern for pattern, _ in patterns._load(file)} == {"early", "more"}
    assert b"customer" not in file.read_bytes()


def test_a_mistake_in_a_pattern_is_told_as_ever(tmp_path: Path) -> None:
    patterns.begin(tmp_path)
    with pytest.raises(re.error, match="unterminated"):
        re.compile("(a")
    assert re.compile(b"a+").match(b"aa")
    patterns.end()
    assert {pattern for file in tmp_path.iterdir() for pattern, _ in patterns._load(file)} <= {"unterminated"}


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:40], lambda data: data[:-1] + bytes([data[-1] ^ 1]), lambda data: b"x" * 100])
def test_a_damaged_file_counts_as_none_and_is_made_anew(tmp_path: Path, damage: object) -> None:
    start(tmp_path, *SHAPES)
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]
    assert patterns._load(file) == {}
    assert [made.pattern for made in start(tmp_path, *SHAPES)] == list(SHAPES)
    assert len(patterns._load(file)) == len(SHAPES)


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, not a folder", encoding="utf-8")
    (made,) = start(tmp_path / "cache", "a+")
    assert made.match("aa")


def test_rows_that_nobody_asks_for_go_when_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start(tmp_path, "a", "b", "c")
    (file,) = tmp_path.iterdir()
    start(tmp_path, "d")
    assert len(patterns._load(file)) == 4
    monkeypatch.setattr(patterns, "MOST", 4)
    start(tmp_path, "a", "e")
    assert {pattern for pattern, _ in patterns._load(file)} == {"a", "e"}


@pytest.mark.parametrize("row", [(32, b"\x01\x02\x03\x04" * 4, 0, {}, (None,)), (1, 2), (32, b"\x01\x02\x03", 0, {}, (None,))])
def test_a_row_that_fits_the_checksum_and_no_pattern_is_compiled_anew(row: tuple[Any, ...], tmp_path: Path) -> None:
    patterns.begin(tmp_path)
    try:
        patterns._open[0].held = {("sound(s)?", 32): row, ("sound(s)?", 0): row}
        assert re.compile("sound(s)?").fullmatch("sounds")
    finally:
        patterns.end()


def test_a_pattern_that_cannot_be_kept_breaks_no_start(tmp_path: Path) -> None:
    class Text(str):
        pass

    patterns.begin(tmp_path)
    found = re.compile(Text("[a-c]+x"))
    patterns.end()
    assert found.fullmatch("abcx")
    assert not patterns.begun()

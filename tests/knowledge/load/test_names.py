"""Names of files made harmless."""

from __future__ import annotations

import pytest

from assistant.knowledge.load.names import clean_name, leads_out, member_name


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\报价.pdf", "报价.pdf"),
        ("a\x00b\u202ecod.exe", "abcod.exe"),
        ("..", "unnamed"),
        ("", "unnamed"),
        ("CON.txt", "_CON.txt"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_hostile_names(raw: str, name: str) -> None:
    assert clean_name(raw) == name


def test_paths_that_lead_out() -> None:
    assert [leads_out(path) for path in ("a/b.txt", "/a", "../a", "a/../../b", "C:/a", "..a/b..")] == [False, True, True, True, True, False]


def test_member_names_in_their_encodings() -> None:
    assert member_name("说明.txt".encode("gbk"), utf8=False) == "说明.txt"
    assert member_name("說明.txt".encode(), utf8=False) == "說明.txt"
    assert member_name("é.txt".encode("cp437"), utf8=False) == "é.txt"

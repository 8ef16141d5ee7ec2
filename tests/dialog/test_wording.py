"""Sentences are set one after another as their script asks for."""

from __future__ import annotations

import pytest

from assistant.dialog.wording import Wording
from assistant.types import Language


@pytest.mark.parametrize(
    ("language", "texts", "joined"),
    [
        ("en", ("One.", "", "Two."), "One. Two."),
        ("zh-Hans", ("第一句。", "第二句。"), "第一句。第二句。"),
        ("zh-Hans", ("以下引自英文资料：", "Samples are free.", "A bag holds 250 g."), "以下引自英文资料：Samples are free. A bag holds 250 g."),
        ("zh-Hant", ("P-100 的揚程是 32 m。", "P-200 的揚程是 50 m。"), "P-100 的揚程是 32 m。P-200 的揚程是 50 m。"),
        ("zh-Hans", (), ""),
    ],
)
def test_sentences_are_joined_as_their_script_sets_them(language: Language, texts: tuple[str, ...], joined: str) -> None:
    assert Wording.join(None, *texts, language=language) == joined  # type: ignore[arg-type]

"""Sentences are set one after another as their script asks for."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from assistant.app import Company
from assistant.dialog.wording import Wording
from assistant.types import Language
from assistant.workspace.wording import templates


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


@pytest.mark.parametrize(
    ("languages", "asked", "spoken"),
    [
        (("zh", "en"), "zh-Hant", "zh-Hant"),
        (("zh", "en"), "en", "en"),
        (("en",), "zh-Hans", "en"),
        (("en",), "zh-Hant", "en"),
        (("zh",), "en", "zh-Hans"),
        (("zh",), "zh-Hant", "zh-Hant"),
    ],
)
def test_a_company_answers_in_a_language_that_it_writes(languages: tuple[str, ...], asked: Language, spoken: Language) -> None:
    company = SimpleNamespace(languages=languages)
    assert Wording(company, None, lambda *_: ()).spoken(asked) == spoken  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_company_without_procedures_asks_back_without_a_list(company: Company, language: Language) -> None:
    told = Wording(company.workspace, templates(company.workspace), lambda *_: ())
    bare, listed = told.say("clarify", language, options=[]), told.say("clarify", language, options=["Cancel an order"])
    assert bare[-1] in "?？"
    assert not any(left in bare for left in ("want to", "您是想", "  "))
    assert any(left in listed for left in ("want to cancel an order", "您是想Cancel an order"))

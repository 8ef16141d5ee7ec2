"""Templates: filters in three languages, missing values, the sandbox, blanks, and what the checker sees."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assistant.errors import ConfigError
from assistant.text.template import Templates, lower_first, masked, paths_read, syntax_problem
from assistant.types import Language, Line

NAMES = {
    "status": {"shipped": {"zh": "已发货", "en": "shipped"}},
    "product": {"P1": {"zh": "一号泵", "en": "pump one"}},
    "unit": {"P1": {"zh": "套", "en": "piece"}},
    "option": {"kind.a": {"zh": "专票", "en": "special invoice"}},
    "queue": {"q": {"zh": "售后", "en": "after-sales"}},
}
TEMPLATES = Templates(currency="USD", zone=ZoneInfo("Asia/Shanghai"), names=NAMES)


def said(source: str, language: Language = "en", **variables: Any) -> str:
    return TEMPLATES.render({"zh": source, "en": source}, language, variables)


@pytest.mark.parametrize(
    ("source", "value", "zh", "hant", "en"),
    [
        ("{{ v|date }}", date(2026, 6, 5), "2026年6月5日（周五）", "2026年6月5日（週五）", "Fri 5 Jun 2026"),
        ("{{ v|date }}", "2026-06-05", "2026年6月5日（周五）", "2026年6月5日（週五）", "Fri 5 Jun 2026"),
        ("{{ v|date }}", datetime(2026, 6, 4, 20, tzinfo=UTC), "2026年6月5日（周五）", "2026年6月5日（週五）", "Fri 5 Jun 2026"),
        ("{{ v|iso }}", datetime(2026, 6, 4, 20, tzinfo=UTC), "2026-06-05", "2026-06-05", "2026-06-05"),
        ("{{ v|weekday }}", date(2026, 6, 7), "周日", "週日", "Sunday"),
        ("{{ v|datetime }}", "2026-06-02T01:00:00+00:00", "2026年6月2日（周二）09:00", "2026年6月2日（週二）09:00", "Tue 2 Jun 2026 09:00"),
        ("{{ v|money }}", 96050, "US$960.50", "US$960.50", "US$960.50"),
        ("{{ v|items }}", [{"sku": "P1", "quantity": 2}, {"sku": "X", "quantity": 1}], "2 套 一号泵、1 × X", "2 套 一號泵、1 × X", "2 × pump one, 1 × X"),
        ("{{ v|items }}", (Line("P1", 3, 1),), "3 套 一号泵", "3 套 一號泵", "3 × pump one"),
        ("{{ v|status }}", "shipped", "已发货", "已發貨", "shipped"),
        ("{{ v|status }}", "unheard_of", "unheard_of", "unheard_of", "unheard_of"),
        ("{{ v|option('kind') }}", "a", "专票", "專票", "special invoice"),
        ("{{ v|name('queue') }}", "q", "售后", "售後", "after-sales"),
        ("{{ v|masked }}", "13800000000", "138****0000", "138****0000", "138****0000"),
        ("[{{ v|date }}{{ v|money }}{{ v|items }}{{ v|status }}{{ v }}]", None, "[]", "[]", "[]"),
    ],
)
def test_filters_in_three_languages(source: str, value: object, *, zh: str, hant: str, en: str) -> None:
    assert (said(source, "zh-Hans", v=value), said(source, "zh-Hant", v=value), said(source, "en", v=value)) == (zh, hant, en)


def test_the_other_language_where_one_is_missing() -> None:
    assert TEMPLATES.render({"en": "hello"}, "zh-Hans", {}) == "hello"
    assert TEMPLATES.render({}, "en", {}) == ""


def test_an_entry_called_items_is_no_method() -> None:
    assert said("{{ new.items|items }}", new={"items": [{"sku": "P1", "quantity": 2}]}) == "2 × pump one"


@pytest.mark.parametrize("source", ["{{ x }}", "{{ order.nothing }}", "{% if new.missing %}a{% endif %}"])
def test_an_undeclared_value_is_an_error(source: str) -> None:
    with pytest.raises(ConfigError, match="cannot be rendered"):
        said(source, order={"number": 1}, new={})


@pytest.mark.parametrize("source", ["{{ ''.__class__ }}", "{{ order.__init__.__globals__ }}", "{{ lines.append(1) }}", "{{ range(5) }}", "{% include 'x' %}"])
def test_the_sandbox_holds(source: str) -> None:
    with pytest.raises(ConfigError):
        said(source, order={"number": 1}, lines=[])


def test_a_value_is_never_a_template() -> None:
    assert said("{{ text }}", text="{{ secret }}{% raw %}", secret="s") == "{{ secret }}{% raw %}"


def test_blanks_and_folded_chinese() -> None:
    assert said("第一行，\n  第二行 {{ a }}   x\t y", "zh-Hans", a="值 值") == "第一行，第二行 值 值 x y"
    assert said("one\n\n   two", "en") == "one\ntwo"
    assert said("  {% if a %}\n  yes\n{% endif %}  ", "en", a=1) == "yes"


def test_helpers() -> None:
    assert [lower_first(text) for text in ("Cancel an order", "VAT invoice", "A pump", "x")] == ["cancel an order", "VAT invoice", "a pump", "x"]
    assert masked("d.cole@northwind.example") == "d***@northwind.example"
    assert masked("+49 30 5550 1200") == "+49 3* **** 1200"
    assert masked("110") == "*10"


def test_the_checker_names_what_is_wrong() -> None:
    assert syntax_problem("{{ a|date }}") is None
    line, message = syntax_problem("a\n{{ a|dat }}") or (0, "")
    assert (line, message) == (2, "unknown filter 'dat'")
    assert "endif" in (syntax_problem("{% if a %}") or (0, ""))[1]
    assert (syntax_problem("{{ a is nunber }}") or (0, ""))[1] == "unknown test 'nunber'"


def test_the_checker_sees_every_path_from_outside() -> None:
    loop = "{% for l in order.lines %}{{ l.name }}{{ loop.index }}{{ names[l.sku] }}{% endfor %}"
    source = "{{ order.due|date }}" + loop + "{% set q = p.days %}{{ q }}{% if a.b.c > 1 %}{% endif %}"
    assert {path for _, path in paths_read(source)} == {("order", "due"), ("order", "lines"), ("names",), ("p", "days"), ("a", "b", "c")}

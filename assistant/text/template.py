"""Renders a workspace's texts: sandboxed Jinja2 with filters for dates, money, goods and names in the customer's language; it decides nothing.

Chinese texts are written in simplified characters; a reply in traditional characters is the same text converted. An undeclared variable is an error,
None prints as nothing. Runs of blanks become one blank, runs of line breaks one line break.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Any

import jinja2
from jinja2 import meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assistant.errors import ConfigError
from assistant.text.format import format_date, format_money
from assistant.text.script import to_traditional
from assistant.types import Language

Names = Mapping[str, Mapping[str, Mapping[str, str]]]
FILTERS = ("date", "iso", "weekday", "datetime", "money", "items", "status", "option", "name", "masked", "lower_first")
_WIDE = "\u3001-\u303f\u4e00-\u9fff\uff00-\uff0f\uff1a-\uff20\u201c\u201d"
_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_FOLD_GAP = re.compile(f"(?<=[{_WIDE}])[ \n]+(?=[{_WIDE}])")
_BLANKS = re.compile(r"[ \t\u00a0]+")
_BREAKS = re.compile(r" *\n\s*")


class Templates:
    """Renders templates for one workspace.

    `names` gives words for values: {kind: {value: {language: text}}}; the kinds `product`, `unit` (both by SKU) and `option` ("slot.value") are read by the
    filters `items` and `option`, `status` by the filter `status`, any kind by `name(kind)`.
    """

    def __init__(self, *, currency: str, zone: tzinfo, names: Names) -> None:
        self._currency = currency
        self._zone = zone
        self._names = names
        self._environments: dict[str, jinja2.Environment] = {}
        self._compiled: dict[tuple[str, str], jinja2.Template] = {}

    def render(self, template: Mapping[str, str], language: Language, variables: Mapping[str, Any]) -> str:
        """The text of `template` ({zh, en}) in `language`, in another declared language where that one is missing; "" for an empty template.

        Raises ConfigError when the template uses a variable that is not there or cannot be rendered.
        """
        source = wording(template, language)
        if not source:
            return ""
        try:
            text = self._template(source, language).render(variables)
        except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
            raise ConfigError(f"the text {source[:60]!r} cannot be rendered: {error}") from error
        text = _BREAKS.sub("\n", _BLANKS.sub(" ", text)).strip()
        return to_traditional(text) if language == "zh-Hant" else text

    def name(self, kind: str, value: str, language: Language) -> str:
        """The word for `value` of `kind` in `language`; the value itself when it has none."""
        known = self._names.get(kind, {}).get(value)
        found = wording(known, language) if known else ""
        return (to_traditional(found) if language == "zh-Hant" else found) or value

    def items(self, lines: Sequence[Any], language: Language) -> str:
        """Goods with their quantities: 10 台 P-100 离心泵、2 套 SK-25 / 10 × P-100 centrifugal pump, 2 × SK-25."""
        parts = [self._item(line, language) for line in lines]
        return (", " if language == "en" else "、").join(parts)

    def _item(self, line: Any, language: Language) -> str:
        sku, quantity = (line["sku"], line["quantity"]) if isinstance(line, Mapping) else (line.sku, line.quantity)
        unit = "×" if language == "en" or sku not in self._names.get("unit", {}) else self.name("unit", sku, language)
        return f"{quantity} {unit} {self.name('product', sku, language)}"

    def _template(self, source: str, language: Language) -> jinja2.Template:
        key = (language, source)
        if key not in self._compiled:
            if language not in self._environments:
                self._environments[language] = _environment(self._filters(language))
            self._compiled[key] = self._environments[language].from_string(_unfolded(source))
        return self._compiled[key]

    def _filters(self, language: Language) -> dict[str, Callable[..., str]]:
        def day(value: Any) -> date:
            return _day(value, self._zone)

        return {
            "date": _or_nothing(lambda value: format_date(day(value), language)),
            "iso": _or_nothing(lambda value: day(value).isoformat()),
            "weekday": _or_nothing(lambda value: _weekday(day(value), language)),
            "datetime": _or_nothing(lambda value: _instant(value, self._zone, language=language)),
            "money": _or_nothing(lambda value: format_money(round(value), self._currency, language)),
            "items": _or_nothing(lambda value: self.items(value, language)),
            "status": _or_nothing(lambda value: self.name("status", str(value), language)),
            "option": _or_nothing(lambda value, slot: self.name("option", f"{slot}.{value}", language)),
            "name": _or_nothing(lambda value, kind: self.name(kind, str(value), language)),
            "masked": _or_nothing(lambda value: masked(str(value))),
            "lower_first": _or_nothing(lambda value: lower_first(str(value))),
        }


def wording(template: Mapping[str, str], language: Language) -> str:
    """The wording for `language` (zh serves both scripts), any other one where it is missing."""
    key = "en" if language == "en" else "zh"
    return template[key] if key in template else next(iter(template.values()), "")


def masked(text: str) -> str:
    """A phone or address of the net with its middle hidden: 138****0000, d***@northwind.example."""
    head, at, domain = text.partition("@")
    if at:
        return f"{head[:1]}***@{domain}"
    digits = [index for index, char in enumerate(text) if char.isdigit()]
    hidden = set(digits[3:-4] if len(digits) > 8 else digits[:-2])
    return "".join("*" if index in hidden else char for index, char in enumerate(text))


def lower_first(text: str) -> str:
    """`text` with its first letter in lower case, unless it starts with an acronym or a model name."""
    return text if len(text) > 1 and not text[1].islower() and text[1] != " " else text[:1].lower() + text[1:]


@lru_cache(maxsize=4096)
def _parsed(source: str) -> nodes.Template | tuple[int, str]:
    try:
        return _checker().parse(_unfolded(source))
    except jinja2.TemplateSyntaxError as error:
        return error.lineno, error.message or "syntax error"


def variables_of(source: str) -> frozenset[str]:
    """The variables a sound template reads from outside."""
    tree = _parsed(source)
    return frozenset() if isinstance(tree, tuple) else frozenset(meta.find_undeclared_variables(tree))


def strict(source: str, variables: Mapping[str, object]) -> str:
    """A template as plain text, line breaks kept. Raises ConfigError when a variable is missing or it cannot be rendered."""
    try:
        return _strictly(source).render(variables)
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise ConfigError(f"the prompt {source[:60]!r} cannot be rendered: {error}") from error


@lru_cache(maxsize=64)
def _strictly(source: str) -> jinja2.Template:
    # a turn with a model renders the same few prompts, and compiling one takes milliseconds
    return _strict().from_string(source)


@lru_cache(maxsize=1)
def _strict() -> jinja2.Environment:
    return ImmutableSandboxedEnvironment(autoescape=False, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@lru_cache(maxsize=4096)
def syntax_problem(source: str) -> tuple[int, str] | None:
    """(line within the text, what is wrong) of a template that cannot be parsed or names an unknown filter or test; None when it is sound."""
    tree = _parsed(source)
    if isinstance(tree, tuple):
        return tree
    environment = _checker()
    for node in tree.find_all(nodes.Filter):
        if node.name not in environment.filters:
            return node.lineno, f"unknown filter {node.name!r}"
    for test in tree.find_all(nodes.Test):
        if test.name not in environment.tests:
            return test.lineno, f"unknown test {test.name!r}"
    return None


@lru_cache(maxsize=4096)
def paths_read(source: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """(line, path) of every variable a template reads from outside, with the attributes taken of it: {{ order.due|date }} -> (1, ("order", "due"));
    nothing for one with a `syntax_problem`."""
    tree = _parsed(source)
    if isinstance(tree, tuple):
        return ()
    found: list[tuple[int, tuple[str, ...]]] = []
    _collect(tree, frozenset(name for node in tree.find_all(nodes.Assign) for name in _own(node.target)), found)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def filters_read(source: str) -> tuple[tuple[str, str], ...]:
    """(filter, its first argument) of every filter that is given a word as it stands: {{ x|option('grade') }} -> ("option", "grade")."""
    tree = _parsed(source)
    if isinstance(tree, tuple):
        return ()
    found = ((node.name, node.args[0].value) for node in tree.find_all(nodes.Filter) if node.args and isinstance(node.args[0], nodes.Const))
    return tuple(dict.fromkeys((name, str(value)) for name, value in found))


def filter_names() -> list[str]:
    """The filters a template may use."""
    return sorted(_checker().filters)


def _collect(node: nodes.Node, bound: frozenset[str], found: list[tuple[int, tuple[str, ...]]]) -> None:
    """Walks a template; names set by a loop or an assignment are its own and not reported."""
    path, root = _path(node)
    if path:
        if path[0] not in bound:
            found.append((node.lineno, path))
        return
    if root is not None:
        _collect(root, bound, found)
        return
    if isinstance(node, nodes.For):
        _collect(node.iter, bound, found)
        bound = bound | _own(node.target) | {"loop"}
        children = (*node.body, *node.else_, *([node.test] if node.test else []))
    else:
        children = tuple(node.iter_child_nodes())
    for child in children:
        _collect(child, bound, found)


def _own(target: nodes.Node) -> frozenset[str]:
    return frozenset({target.name}) if isinstance(target, nodes.Name) else frozenset(name.name for name in target.find_all(nodes.Name))


def _path(node: nodes.Node) -> tuple[tuple[str, ...], nodes.Node | None]:
    """(a.b.c as a path, None), or ((), the expression below the attributes) for anything else that has attributes taken of it."""
    if isinstance(node, nodes.Name):
        return (node.name,), None
    if isinstance(node, nodes.Getattr):
        path, root = _path(node.node)
        return ((*path, node.attr), None) if path else ((), root or node.node)
    return (), None


@lru_cache(maxsize=1)
def _checker() -> jinja2.Environment:
    return _environment(dict.fromkeys(FILTERS, str))


class _Sandbox(ImmutableSandboxedEnvironment):
    """Takes `new.items` of a map to mean its entry, never the map's own method."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


def _environment(filters: Mapping[str, Callable[..., str]]) -> jinja2.Environment:
    environment = _Sandbox(undefined=jinja2.StrictUndefined, autoescape=False, finalize=lambda value: "" if value is None else value)
    environment.filters.update(filters)
    environment.globals.clear()
    return environment


def _unfolded(source: str) -> str:
    """The source without the blanks that folding Chinese over several lines leaves between its characters."""
    parts = _TAG.split(source)
    return "".join(part if number % 2 else _FOLD_GAP.sub("", part) for number, part in enumerate(parts))


def _or_nothing(function: Callable[..., str]) -> Callable[..., str]:
    """A missing value prints as nothing, whatever the filter."""

    def apply(value: Any, *arguments: Any) -> str:
        return "" if value is None or value == "" else function(value, *arguments)

    return apply


def _day(value: Any, zone: tzinfo) -> date:
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
    if isinstance(value, datetime):
        return (value.astimezone(zone) if value.tzinfo else value).date()
    if isinstance(value, date):
        return value
    raise TypeError(f"{value!r} is no date")


def _weekday(day: date, language: Language) -> str:
    if language == "en":
        return f"{day:%A}"
    return ("週" if language == "zh-Hant" else "周") + "一二三四五六日"[day.weekday()]


def _instant(value: Any, zone: tzinfo, *, language: Language) -> str:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if not isinstance(moment, datetime):
        return format_date(_day(moment, zone), language)
    local = moment.astimezone(zone) if moment.tzinfo else moment
    return f"{format_date(local.date(), language)}{' ' if language == 'en' else ''}{local:%H:%M}"

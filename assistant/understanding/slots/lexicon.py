"""The words of one company that slots are found by: products, families, attributes, places and the shape of its order numbers; no reading of messages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from assistant.text.fold import fold
from assistant.text.script import to_simplified
from assistant.understanding.slots.places import PLACES

ProductWords = tuple[str, Sequence[str], Sequence[str], str]
WordGroup = tuple[str, Sequence[str]]

_RUN = re.compile(r"[a-z0-9]+")
_LETTERS_DIGITS = re.compile(r"([a-z]+)(\d+)")
_LOOKALIKE = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1", "s": "5", "z": "2", "b": "8"})
_FIRST = re.compile(r"[a-z0-9]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of the lexicon: `kind` is product, family, attribute or unit, `values` what it may mean."""

    phrase: str
    kind: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrderShape:
    """How order numbers look. `strict` matches the canonical form; `loose` finds it however it is typed; `prefix` is what every number starts with.

    `lengths` are the digit counts of a number typed without its prefix (empty when the letters vary). `joined` finds the groups of a number typed
    without its dashes, `tail` is how many digits the last group has (0 when it varies), `example` is a whole number.
    """

    strict: re.Pattern[str]
    loose: re.Pattern[str] | None
    prefix: str
    lengths: frozenset[int]
    joined: re.Pattern[str] | None = None
    tail: int = 0
    example: str = ""


@dataclass(frozen=True, slots=True)
class SlotLexicon:
    """Frozen look-up tables made by `build_slot_lexicon`.

    `models` maps a model number without its joints to SKUs, `lookalikes` the same with confusable characters made one, `stems` its digits to (letters, SKU),
    `phrases` the first word or character of a phrase to its entries, longest first.
    """

    models: Mapping[str, tuple[str, ...]]
    lookalikes: Mapping[str, tuple[str, ...]]
    stems: Mapping[str, tuple[tuple[str, str], ...]]
    prefixes: frozenset[str]
    families: Mapping[str, str]
    phrases: Mapping[str, tuple[Entry, ...]]
    long_words: Mapping[str, Entry]
    places: Mapping[str, tuple[str, ...]]
    shape: OrderShape


def plain(text: str) -> str:
    """`text` simplified and in lower case, character by character in place, so that spans stay the same."""
    simple = to_simplified(text)
    lower = simple.lower()
    if len(lower) == len(simple):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in simple)


def lookalike(model: str) -> str:
    """A model number with the characters that are mistaken for each other (0 and O, 1 and l, 5 and S …) made one."""
    return model.translate(_LOOKALIKE)


def build_slot_lexicon(
    products: Iterable[ProductWords],
    families: Iterable[WordGroup],
    *,
    attributes: Iterable[WordGroup] = (),
    orders: Iterable[str] = (),
    number_pattern: str = "",
    places: Iterable[str] = (),
    units: Iterable[str] = (),
) -> SlotLexicon:
    """The tables that `find_slots` reads.

    `products` are (sku, names, aliases, family id), `families` and `attributes` (id, words), in all languages at once; `orders` are example order numbers,
    `number_pattern` a regular expression of the canonical number that takes precedence over them; `places` are names of towns and regions beside the
    packaged ones, `units` the words goods are counted in. Raises ValueError for a pattern that is no regular expression.
    """
    rows = list(products)
    phrases: dict[tuple[str, str], set[str]] = defaultdict(set)
    for family, words in families:
        _add(phrases, "family", family, words)
    for attribute, words in attributes:
        _add(phrases, "attribute", attribute, words)
    for unit in units:
        _add(phrases, "unit", unit, [unit])
    models, lookalikes, stems = _models(rows, phrases)
    entries = [Entry(phrase, kind, tuple(sorted(values))) for (phrase, kind), values in phrases.items()]
    return SlotLexicon(
        models=models,
        lookalikes=lookalikes,
        stems=stems,
        prefixes=frozenset(letters for pairs in stems.values() for letters, _ in pairs),
        families=MappingProxyType({sku: family for sku, _, _, family in rows}),
        phrases=_index(entries),
        long_words=MappingProxyType(
            {entry.phrase: entry for entry in entries if entry.kind in ("family", "attribute") and len(entry.phrase) > 6 and entry.phrase.isalpha()}
        ),
        places=_places([*PLACES, *places]),
        shape=order_shape(tuple(orders), number_pattern=number_pattern),
    )


def _add(phrases: dict[tuple[str, str], set[str]], kind: str, value: str, words: Iterable[str]) -> None:
    for word in words:
        phrase = phrase_form(plain(fold(word)))
        if phrase:
            phrases[phrase, kind].add(value)


def phrase_form(text: str) -> str:
    """Text as phrases are compared: joints between words are blanks."""
    return text.replace("-", " ").replace("_", " ")


Models = tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]], Mapping[str, tuple[tuple[str, str], ...]]]


def _models(rows: Sequence[ProductWords], phrases: dict[tuple[str, str], set[str]]) -> Models:
    """Model tables of the SKUs and of aliases that look like models; other names and aliases go to `phrases`."""
    models: dict[str, set[str]] = defaultdict(set)
    for sku, names, words, family in rows:
        key = "".join(_RUN.findall(plain(fold(sku))))
        models[key].add(sku)
        for word in words:
            squeezed = "".join(_RUN.findall(plain(fold(word))))
            if squeezed and any(char.isdigit() for char in squeezed) and len(squeezed) >= len(re.sub(r"[\s_./-]", "", word)):
                models[squeezed].add(sku)
            else:
                _add(phrases, "product", sku, [word])
        for name in names:
            _add_name(phrases, sku, name, family=family, key=key)
    lookalikes: dict[str, set[str]] = defaultdict(set)
    stems: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for model, skus in models.items():
        lookalikes[lookalike(model)] |= skus
        if match := _LETTERS_DIGITS.fullmatch(model):
            stems[match.group(2)] |= {(match.group(1), sku) for sku in skus}
    return _frozen(models), _frozen(lookalikes), MappingProxyType({key: tuple(sorted(value)) for key, value in stems.items()})


def _frozen(table: Mapping[str, set[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({key: tuple(sorted(values)) for key, values in table.items()})


def _add_name(phrases: dict[tuple[str, str], set[str]], sku: str, name: str, *, family: str, key: str) -> None:
    """A full name means the product; what is left of a name without its model number is how people call the whole family."""
    text = plain(fold(name))
    joined = r"[\s_./-]*".join(re.findall(r"[a-z]+|\d+", key))
    rest, cut = re.subn(rf"(?<![a-z0-9]){joined}(?![a-z0-9])", " ", text) if joined else (text, 0)
    if not cut:
        _add(phrases, "product", sku, [text])
    elif family and len(rest.strip(" -()（）")) > 1:
        _add(phrases, "family", family, [rest.strip(" -()（）")])


def _index(entries: Iterable[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    index: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        match = _FIRST.match(entry.phrase)
        if match:
            index[match.group()].append(entry)
    order = {"product": 0, "family": 1, "attribute": 2, "unit": 3}
    return MappingProxyType({key: tuple(sorted(found, key=lambda entry: (-len(entry.phrase), order[entry.kind]))) for key, found in index.items()})


def _places(names: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Place names by first word or character, longest first; two-letter codes only count in capitals and are left out here."""
    index: dict[str, set[str]] = defaultdict(set)
    for name in names:
        form = plain(fold(name))
        if len(form) > 2 or (form and not form.isascii() and len(form) > 1):
            match = _FIRST.match(form)
            if match:
                index[match.group()].add(form)
    return MappingProxyType({key: tuple(sorted(found, key=len, reverse=True)) for key, found in index.items()})


def order_shape(examples: Sequence[str], *, number_pattern: str = "") -> OrderShape:
    """The shape of order numbers from a pattern, else from examples, else digits of any usual length (5-12)."""
    source = number_pattern or "|".join(dict.fromkeys(_skeletons(examples))) or r"\d{5,12}"
    try:
        strict = re.compile(source)
    except re.error as error:
        raise ValueError(f"the order number pattern {source!r} is no regular expression: {error}") from error
    prefixes = {match.group() if (match := re.match(r"[A-Za-z]+[-_/]?", part.lstrip("^(?:"))) else "" for part in source.split("|")}
    prefix = prefixes.pop() if len(prefixes) == 1 else ""
    lengths = frozenset(n for n in range(3, 16) if any(strict.fullmatch(prefix + digit * n) for digit in "123456789"))
    loose = re.sub(r"(?<!\[)-(?![^\[]*\])|(?<=[A-Z\]}])(?=\\d)", r"[-_/\\s]?", source)
    return OrderShape(
        strict=strict,
        loose=re.compile(rf"(?<![a-z0-9])(?:{loose.strip('^$')})(?![a-z0-9])", re.IGNORECASE)
        if re.search("[A-Za-z]|-|/", re.sub(r"\\.", "", source))
        else None,
        prefix=prefix,
        lengths=lengths,
        example=next(iter(examples), "") or next((number for n in sorted(lengths) if strict.fullmatch(number := prefix + "123456789012345"[:n])), ""),
        joined=_joined(source),
        tail=int(last[1]) if (last := re.search(r"\\d\{(\d+)\}[)$]*$", source)) else 0,
    )


def _joined(source: str) -> re.Pattern[str] | None:
    """A pattern for numbers without their dashes, a group for each part between them; None for numbers that have none, or of several builds."""
    parts = source.strip("^$").split("-")
    if len(parts) < 2 or any(char in source for char in "|()[") or not all(parts):
        return None
    try:
        return re.compile("".join(f"({part})" for part in parts))
    except re.error:
        return None


def _skeletons(examples: Sequence[str]) -> list[str]:
    """One expression for all examples of the same build: letters that never change stay, digit runs get their lengths."""
    groups: dict[tuple[str, ...], list[list[str]]] = defaultdict(list)
    for example in examples:
        runs = re.findall(r"[A-Za-z]+|\d+|[^A-Za-z\d]+", example)
        groups[tuple("d" if run.isdigit() else "l" if run.isalpha() else run for run in runs)].append(runs)
    found = []
    for kinds, members in groups.items():
        parts = []
        for position, kind in enumerate(kinds):
            column = {runs[position] for runs in members}
            sizes = sorted(len(run) for run in column)
            size = f"{{{sizes[0]}}}" if sizes[0] == sizes[-1] else f"{{{sizes[0]},{sizes[-1]}}}"
            if kind == "d":
                parts.append(r"\d" + size)
            elif kind == "l" and len(column) > 1:
                parts.append("[A-Z]" + size)
            else:
                parts.append(re.escape(next(iter(column))).replace(r"\-", "-"))
        found.append("".join(parts))
    return found


def order_number(raw: str, shape: OrderShape) -> str:
    """`raw` in the canonical form of the company's order numbers, or "" when it cannot be one."""
    squeezed = re.sub(r"[\s_/.#-]", "", raw).upper()
    bounds = [match.end() for match in re.finditer(r"(?<=[A-Z])(?=\d)|(?<=\d)(?=[A-Z])", squeezed)]
    forms = [raw, raw.upper(), squeezed, *(f"{squeezed[:at]}-{squeezed[at:]}" for at in bounds)]
    if shape.prefix:
        forms.append(shape.prefix + squeezed)
    forms.append(re.sub(r"[\s_/]+", "-", raw.strip().upper()))
    if shape.joined is not None and (parts := shape.joined.fullmatch(squeezed)):
        forms.append("-".join(parts.groups()))
    return next((form for form in forms if shape.strict.fullmatch(form)), "")

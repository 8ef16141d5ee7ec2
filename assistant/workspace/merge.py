"""How the intents, texts and lexicon of a workspace are laid over the packaged standard ones; no files are read here.

A file that says `extends: standard` starts from the packaged one, any other from nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Literal, TypeVar

from assistant.workspace.marks import Level, Localized, ServeKind, Template, Tongue, Words
from assistant.workspace.model import Intent, Lexicon, Texts

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class ServeEntry:
    """How an intent is answered: exactly one of the five."""

    text: str = ""
    knowledge: bool = False
    handoff: str = ""
    decline: str = ""
    procedure: str = ""


@dataclass(frozen=True, slots=True)
class IntentEntry:
    """An intent as written. Examples are added to the standard ones unless `replace`; `off` takes the intent away."""

    examples: Words = field(default_factory=dict)
    serve: ServeEntry | None = None
    replace: bool = False
    off: bool = False


@dataclass(frozen=True, slots=True)
class IntentsFile:
    intents: Mapping[str, IntentEntry]
    extends: Literal["standard", ""] = ""


@dataclass(frozen=True, slots=True)
class TextsFile:
    """Texts and names as written; each text and each name replaces the standard one of its key."""

    texts: Mapping[str, Template] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, Localized]] = field(default_factory=dict)
    extends: Literal["standard", ""] = ""


@dataclass(frozen=True, slots=True)
class LexiconFile:
    """A lexicon as written. Lists are added to the standard ones, weights replace them, and the words of `off` are taken out of every list."""

    sentiment: Mapping[Tongue, Mapping[str, float]] = field(default_factory=dict)
    anger: Words = field(default_factory=dict)
    urgency: Mapping[Tongue, Mapping[Level, tuple[str, ...]]] = field(default_factory=dict)
    negations: Words = field(default_factory=dict)
    degrees: Mapping[Tongue, Mapping[str, float]] = field(default_factory=dict)
    injection: Words = field(default_factory=dict)
    yes: Words = field(default_factory=dict)
    no: Words = field(default_factory=dict)
    words: Mapping[str, Words] = field(default_factory=dict)
    off: tuple[str, ...] = ()
    extends: Literal["standard", ""] = ""


def serve_of(entry: ServeEntry | None) -> tuple[ServeKind, str]:
    """(how, with what) an intent is answered; ("", "") when it is left to procedures."""
    if entry is None:
        return "", ""
    match entry:
        case ServeEntry(text=target) if target:
            return "text", target
        case ServeEntry(handoff=target) if target:
            return "handoff", target
        case ServeEntry(decline=target) if target:
            return "decline", target
        case ServeEntry(procedure=target) if target:
            return "procedure", target
        case ServeEntry(knowledge=True):
            return "knowledge", ""
    return "", ""


def unclear_serving(found: IntentsFile) -> Iterator[tuple[str, str]]:
    """(intent, what is wrong) of those that are to be served in several ways at once, or in none."""
    for name, entry in found.intents.items():
        given = [item.name for item in fields(ServeEntry) if entry.serve is not None and getattr(entry.serve, item.name)]
        if entry.serve is not None and len(given) != 1:
            ways = ", ".join(item.name for item in fields(ServeEntry))
            yield name, f"served {'by ' + ' and '.join(given) if given else 'by nothing'}: an intent is served in one way, by one of {ways}"


def merge_intents(standard: IntentsFile | None, own: IntentsFile) -> dict[str, Intent]:
    """The intents of both, the workspace's last; an intent that is `off` is left out."""
    merged: dict[str, Intent] = {}
    layers = [standard.intents if standard else {}, own.intents]
    for entries in layers:
        for name, entry in entries.items():
            before = merged.pop(name, None)
            if entry.off:
                continue
            kept = before.examples if before and not entry.replace else {}
            how, target = serve_of(entry.serve) if entry.serve or not before or entry.replace else (before.serve, before.target)
            merged[name] = Intent(name, _joined(kept, entry.examples), how, target)
    return merged


def merge_texts(standard: TextsFile | None, own: TextsFile) -> Texts:
    """The texts and names of both, key by key."""
    if standard is None:
        return Texts(own.texts, own.names)
    kinds = list(standard.names) + [kind for kind in own.names if kind not in standard.names]
    return Texts({**standard.texts, **own.texts}, {kind: {**standard.names.get(kind, {}), **own.names.get(kind, {})} for kind in kinds})


def merge_lexicon(standard: LexiconFile | None, own: LexiconFile) -> Lexicon:
    """The words of both, without those the workspace takes out."""
    base = standard or LexiconFile()
    off = frozenset(own.off)
    urgency = {language: _joined(base.urgency.get(language, {}), own.urgency.get(language, {}), off) for language in _languages(base.urgency, own.urgency)}
    return Lexicon(
        sentiment=_weights(base.sentiment, own.sentiment, off),
        anger=_joined(base.anger, own.anger, off),
        urgency=urgency,
        negations=_joined(base.negations, own.negations, off),
        degrees=_weights(base.degrees, own.degrees, off),
        injection=_joined(base.injection, own.injection, off),
        yes=_joined(base.yes, own.yes, off),
        no=_joined(base.no, own.no, off),
        words={name: _joined(base.words.get(name, {}), own.words.get(name, {}), off) for name in dict.fromkeys([*base.words, *own.words])},
    )


def _languages(*mappings: Mapping[str, V]) -> list[str]:
    return list(dict.fromkeys(language for mapping in mappings for language in mapping))


def _joined(first: Mapping[str, tuple[str, ...]], second: Mapping[str, tuple[str, ...]], off: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    return {key: tuple(word for word in dict.fromkeys((*first.get(key, ()), *second.get(key, ()))) if word not in off) for key in _languages(first, second)}


def _weights(first: Mapping[str, Mapping[str, float]], second: Mapping[str, Mapping[str, float]], off: Iterable[str]) -> dict[str, dict[str, float]]:
    return {
        language: {word: weight for word, weight in {**first.get(language, {}), **second.get(language, {})}.items() if word not in off}
        for language in _languages(first, second)
    }

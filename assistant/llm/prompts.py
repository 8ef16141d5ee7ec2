"""The prompts of one company, rendered strictly and known by the hash of their content; no prompt decides what may be done or said."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.errors import ConfigError
from assistant.text.template import strict
from assistant.types import Language
from assistant.workspace.model import Problem, Prompt, nearest

# what each prompt is given; one of a workspace may leave out what it does not need
GIVEN: Mapping[str, frozenset[str]] = {
    "answer": frozenset({"company", "assistant", "language", "material", "tools", "mark"}),
    "repair": frozenset({"faults"}),
    "read": frozenset({"company", "intents", "procedure", "earlier"}),
    "gloss": frozenset({"language", "text", "mark"}),
}
NEEDED: Mapping[str, frozenset[str]] = {
    "answer": frozenset({"material", "mark"}),
    "repair": frozenset({"faults"}),
    "read": frozenset({"intents"}),
    "gloss": frozenset({"text", "mark"}),
}
LANGUAGE_NAMES: Mapping[str, Mapping[Language, str]] = {
    "en": {"en": "English", "zh-Hans": "simplified Chinese", "zh-Hant": "traditional Chinese"},
    "zh": {"en": "英文", "zh-Hans": "简体中文", "zh-Hant": "繁体中文"},
}
_MARK = re.compile(r"</?\s*(material-[0-9a-f]{8})\s*>")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A prompt's text for one call, and the hash of the template it came from."""

    text: str
    hash: str


@dataclass(frozen=True, slots=True)
class Prompts:
    """All prompts of a workspace by name and language ("zh", "en")."""

    by_place: Mapping[tuple[str, str], Prompt]

    def render(self, name: str, language: Language, variables: Mapping[str, object]) -> Rendered:
        """Raises ConfigError when the workspace has no such prompt, or a variable is missing."""
        short = "en" if language == "en" else "zh"
        found = self.by_place.get((name, short)) or self.by_place.get((name, "en" if short == "zh" else "zh"))
        if found is None:
            raise ConfigError(f"no prompt {name}.{short}.md")
        return Rendered(strict(found.text, {key: value for key, value in variables.items() if key in found.variables}), hash_of(found))

    def labels(self) -> dict[str, str]:
        """What every prompt is called, with its version, and the hash of what it says."""
        return {label_of(prompt): hash_of(prompt) for prompt in self.by_place.values()}


def prompts_of(prompts: Iterable[Prompt]) -> Prompts:
    """The default variant of each prompt."""
    return Prompts({(prompt.name, prompt.language): prompt for prompt in prompts if not prompt.variant})


def hash_of(prompt: Prompt) -> str:
    """SHA-256 of a prompt's text, its first 16 hexadecimal digits."""
    return hashlib.sha256(prompt.text.encode()).hexdigest()[:16]


def label_of(prompt: Prompt) -> str:
    return f"{prompt.name}.{prompt.language}{'.' + prompt.variant if prompt.variant else ''} version {prompt.version}"


def relabelled(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Labels that stood for another content before."""
    return tuple(label for label, content in sorted(now.items()) if before.get(label, content) != content)


def check(prompts: Iterable[Prompt]) -> tuple[Problem, ...]:
    """Prompts that ask for what nobody gives them, or leave out what they are for."""
    found: list[Problem] = []
    for prompt in prompts:
        given = GIVEN.get(prompt.name)
        if given is None:
            continue
        for variable in sorted(set(prompt.variables) - given):
            found.append(Problem(prompt.path, 0, "variables", f"nobody gives {variable} to this prompt", f"it is given {', '.join(sorted(given))}"))
        for variable in sorted(NEEDED[prompt.name] - set(prompt.variables)):
            found.append(Problem(prompt.path, 0, "variables", f"the prompt does not use {variable}, which it is for"))
    return tuple(found)


def unused(prompts: Iterable[Prompt]) -> tuple[Problem, ...]:
    """Prompts of a name that nothing asks for."""
    return tuple(
        Problem(prompt.path, 0, "", f"nothing uses a prompt called {prompt.name!r}", nearest(prompt.name, GIVEN))
        for prompt in prompts
        if prompt.name not in GIVEN
    )


def mark_of(*texts: str) -> str:
    """The name of the tag that sets material apart: it depends on all that stands in it, so that nobody who writes a document or a message can close it."""
    return f"material-{hashlib.sha256(chr(0).join(texts).encode()).hexdigest()[:8]}"


def defused(text: str) -> str:
    """Text from outside without anything that looks like one of our marks."""
    return _MARK.sub(" ", text)

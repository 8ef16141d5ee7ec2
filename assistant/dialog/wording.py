"""Puts a workspace's texts into words for one conversation language and finds the passages that state a rule; it decides nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from assistant.text.script import to_traditional
from assistant.text.template import Templates, wording
from assistant.types import Citation, Language, RuleVerdict
from assistant.workspace.model import Workspace

_PARAMETER = re.compile(r"\{\{\s*p\.(\w+)[^}]*\}\}")
_NUMBER = re.compile(r"\d[\d.,-]*")
_TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
Cite = Callable[[str, Language, str], tuple[Citation, ...]]


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts of one workspace. `cite(document, language, words)` finds the live section of a document that states these words."""

    workspace: Workspace
    templates: Templates
    cite: Cite

    def spoken(self, language: Language) -> Language:
        """The language in which a company answers a customer of this one: that, where it writes it, else its own."""
        languages = self.workspace.languages
        if ("en" if language == "en" else "zh") in languages:
            return language
        return "en" if "en" in languages else "zh-Hans"

    def say(self, key: str, language: Language, **variables: object) -> str:
        """The workspace's text `key`. Raises KeyError for a text that nobody wrote: the loader has checked them all."""
        assistant = self.pick(self.workspace.settings.workspace.assistant, language)
        return self.render(self.workspace.texts.texts[key], language, {"assistant": assistant, **variables})

    def render(self, template: Mapping[str, str], language: Language, variables: Mapping[str, object]) -> str:
        """A template of the workspace in this language; "" for an empty one."""
        return self.templates.render(template, self.spoken(language), variables) if template else ""

    def pick(self, text: Mapping[str, str], language: Language) -> str:
        """A localized name."""
        language = self.spoken(language)
        found = wording(text, language)
        return to_traditional(found) if language == "zh-Hant" else found

    def join(self, *texts: str, language: Language) -> str:
        """Sentences one after another as their script sets them: Chinese ones without a blank, but quoted English, and `language` en, with one."""
        said = [text for text in texts if text]
        apart = [" " if language == "en" or (before[-1].isascii() and after[0].isascii()) else "" for before, after in pairwise(said)]
        return "".join(piece for pair in zip(said, [*apart, ""], strict=True) for piece in pair) if said else ""

    def queue(self, queue: str, language: Language) -> str:
        spec = self.workspace.routing.queues.get(queue)
        return self.pick(spec.name, language) if spec else queue

    def cite_rule(self, rule: RuleVerdict | None, language: Language, *, said: str = "") -> tuple[Citation, ...]:
        """The section of the rule's document that is nearest to the clause's message, or to what is `said` where it has none."""
        if rule is None or not rule.document:
            return ()
        spec = self.workspace.rules[rule.rule]
        template = _PARAMETER.sub(lambda match: str(spec.parameters.get(match[1], "")), wording(rule.message, language)) if rule.message else ""
        figures = {str(value) for value in spec.parameters.values()}
        told = _TAG.sub(" ", template) or _NUMBER.sub(lambda match: match[0] if match[0] in figures else " ", said)
        words = told or f"{wording(spec.title, language)} {' '.join(str(value) for value in spec.parameters.values())}"
        return self.cite(rule.document, language, words)

    def cite_product(self, sku: str, language: Language) -> tuple[Citation, ...]:
        """The catalogue row of a product."""
        return self.cite("catalog", language, sku)

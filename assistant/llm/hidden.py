"""Finds marked stretches (reasoning, tool calls) in text that arrives in pieces, also when a mark is split over pieces; it decides nothing about them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

# how models that write their reasoning into the answer mark it
REASONING: Mapping[str, str] = {
    "<think>": "</think>",
    "<thinking>": "</thinking>",
    "<thought>": "</thought>",
    "<reasoning>": "</reasoning>",
    "<reflection>": "</reflection>",
    "<|begin_of_thought|>": "<|end_of_thought|>",
    "<|channel|>analysis<|message|>": "<|end|>",
    "[THINK]": "[/THINK]",
    "◁think▷": "◁/think▷",
}
CALL = "<tool_call>"
CALLS: Mapping[str, str] = {CALL: "</tool_call>"}


class Part(NamedTuple):
    """A stretch: `mark` is the opening mark it stands in ("" for plain text); `ends` when its closing mark was met right after `text`.

    A closing mark that nothing opened is a Part of its own: `mark` is that closing mark and `text` is empty.
    """

    mark: str
    text: str
    ends: bool = False


class Splitter:
    """Feed pieces, get parts; what might be the beginning of a mark is held back until it is known. Marks are matched in any case."""

    def __init__(self, pairs: Mapping[str, str], *, inside: str = "") -> None:
        self._pairs = {opening.lower(): closing.lower() for opening, closing in pairs.items()}
        self._names = {opening.lower(): opening for opening in pairs} | {closing.lower(): closing for closing in pairs.values()}
        self._marks = tuple(self._names)
        self._first = frozenset(mark[0] for mark in self._marks)
        self._any = re.compile("|".join(re.escape(mark) for mark in sorted(self._marks, key=len, reverse=True)), re.IGNORECASE)
        self._inside = inside.lower()
        self._held = ""

    @property
    def inside(self) -> str:
        """The opening mark of the stretch that is still open, or ""."""
        return self._names.get(self._inside, "")

    def feed(self, piece: str) -> list[Part]:
        """The parts that are certain now; parts without text are left out unless they end a stretch."""
        if not self._held and not self._inside and self._first.isdisjoint(piece):
            return [Part("", piece)] if piece else []
        text, self._held, found = self._held + piece, "", []
        while text:
            closing = self._pairs.get(self._inside, "")
            match = re.compile(re.escape(closing), re.IGNORECASE).search(text) if closing else self._any.search(text)
            if match is None:
                kept = self._beginning(text, (closing,) if closing else self._marks)
                self._held = text[len(text) - kept :]
                if kept < len(text):
                    found.append(Part(self.inside, text[: len(text) - kept]))
                break
            mark = match.group().lower()
            if closing:
                found.append(Part(self.inside, text[: match.start()], ends=True))
                self._inside = ""
            else:
                if match.start():
                    found.append(Part("", text[: match.start()]))
                if mark in self._pairs:
                    self._inside = mark
                else:
                    found.append(Part(self._names[mark], "", ends=True))
            text = text[match.end() :]
        return found

    def finish(self) -> list[Part]:
        """What was held back, now that nothing follows."""
        text, self._held = self._held, ""
        return [Part(self.inside, text)] if text else []

    @staticmethod
    def _beginning(text: str, marks: tuple[str, ...]) -> int:
        """How many characters at the end of `text` may begin a mark."""
        for length in range(min(len(text), max(map(len, marks)) - 1), 0, -1):
            tail = text[-length:].lower()
            if any(mark.startswith(tail) for mark in marks):
                return length
        return 0

"""Cuts text that arrives in pieces into whole sentences; it judges none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.text.words import sentences as spans_of

# a bare yes or no before a clause states something that the clause does not: it is never said on a model's word
_OPENER = re.compile(
    r"^\s*(?:是的|可以的?|不可以|不行|不能|能|会的?|不会|没错|对的?|当然(?:可以)?|没问题|yes|no|yeah|yep|nope|sure|certainly|absolutely|of course|correct"
    r"|exactly|right)"
    r"(?:\s*(?:[,，。!！;；:：—]|\.(?!\s*\d))+\s*|\s+[–-]+\s+|\s*$)",
    re.IGNORECASE,
)
# marks of layout: at the head of a line, or in pairs around words; a sign between figures (2*3, > 5, P_1) says something and stays
_HEAD = re.compile(r"^\s*(?:#{1,6}|>|[-*•·])\s+(?!\d)")
_AROUND = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3}|`{1,3})(?=\S)([^*_`]*[^\s*_`])\1(?![\w*])")
_CITED = re.compile(r"\s?\[\d{1,2}\](?=\W|$)|【\d+[^】]*】")
# a sentence this long is no sentence
LONGEST = 1_200


class Sentences:
    """Feed pieces, get the sentences that are whole; the last one is whole only when something follows it, or at the end."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, piece: str) -> Iterator[str]:
        self._held += piece
        spans = spans_of(self._held)
        if len(self._held) > LONGEST and len(spans) < 2:
            whole, self._held = self._held, ""
            yield whole
            return
        for start, end in spans[:-1]:
            yield self._held[start:end]
        if len(spans) > 1:
            self._held = self._held[spans[-1][0] :]

    def rest(self) -> Iterator[str]:
        """What is left when no more comes."""
        held, self._held = self._held, ""
        for start, end in spans_of(held):
            yield held[start:end]


def cleaned(sentence: str) -> str:
    """A sentence without marks of layout, invented citation numbers and a bare yes or no at its head; "" when nothing is left."""
    plain = _AROUND.sub(r"\2", _CITED.sub("", _HEAD.sub("", sentence))).strip(" \t•·")
    text = _OPENER.sub("", plain).strip()
    return text[:1].upper() + text[1:] if text != plain and text[:1].isascii() else text


def sentences_of(text: str) -> list[str]:
    """The sentences of a complete answer."""
    whole = Sentences()
    return [*whole.feed(text), *whole.rest()]

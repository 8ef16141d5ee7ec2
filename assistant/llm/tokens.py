"""How many tokens a text takes, and what of a conversation fits into a prompt; an estimate that rather says too many, where no vocabulary is at hand."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from assistant.model_types import ModelMessage, ModelTool

Count = Callable[[str], int]
# a message costs its role and its ends besides its text
PER_MESSAGE = 4
_WORD = re.compile(r"[A-Za-z]+|\d|[^\sA-Za-z\d]|\s{2,}")
LETTERS_PER_TOKEN = 3.0


def estimate(text: str) -> int:
    """More tokens than any common vocabulary takes for Chinese and English text: a sign or digit counts 1, a Chinese character 1.5, a letter a third."""
    total = 0.0
    for match in _WORD.finditer(text):
        piece = match.group()
        if piece[0].isascii():
            total += max(1.0, len(piece) / LETTERS_PER_TOKEN) if piece[0].isalpha() else 1.0
        else:
            total += 1.5
    return int(total) + 1


@lru_cache(maxsize=8)
def counter(model: str, folder: Path | None = None) -> Count:
    """The count of a model's own vocabulary where it lies in `folder` (tiktoken's cache), else `estimate`; the net is never asked."""
    if folder is None or not folder.is_dir():
        return estimate
    import tiktoken

    try:
        name = tiktoken.encoding_name_for_model(model)
    except KeyError:
        return estimate
    if not _lies_in(name, folder):
        return estimate
    encoding = tiktoken.get_encoding(name)
    return lambda text: len(encoding.encode(text, disallowed_special=()))


def _lies_in(name: str, folder: Path) -> bool:
    """Whether the vocabulary's file is in the cache, under the SHA-1 of its public address as tiktoken names it."""
    address = f"https://openaipublic.blob.core.windows.net/encodings/{name}.tiktoken"
    return (folder / hashlib.sha1(address.encode()).hexdigest()).is_file()


def tokens_of(messages: Sequence[ModelMessage], tools: Sequence[ModelTool] = (), *, count: Count = estimate) -> int:
    """Tokens of a whole prompt."""
    said = sum(PER_MESSAGE + count(message.text) + sum(count(call.name) + count(call.arguments) for call in message.calls) for message in messages)
    return said + sum(count(tool.name) + count(tool.description) + count(repr(tool.parameters)) for tool in tools)


def fitting(texts: Sequence[str], room: int, *, count: Count = estimate) -> tuple[str, ...]:
    """The first of `texts` that fit into `room` tokens together, each whole; a text that does not fit ends the row."""
    kept: list[str] = []
    for text in texts:
        room -= count(text) + PER_MESSAGE
        if room < 0:
            break
        kept.append(text)
    return tuple(kept)

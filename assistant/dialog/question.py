"""A question put to the documents, as the customer meant it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.types import Language

# the kind of an answer that only comes near: to be shown as that, and never taken for one
NEAR = "near"


@dataclass(frozen=True, slots=True)
class Question:
    """`text` as said, `standalone` with what the conversation supplies; `products` are SKUs named or carried over.

    `page`: the one document that a few words go on about, "" for any; words that say nothing by themselves are put to it behind the question `before`.
    """

    text: str
    standalone: str
    language: Language
    products: tuple[str, ...] = ()
    intent: str = ""
    page: str = ""
    before: str = ""

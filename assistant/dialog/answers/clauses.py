"""Answers a question of several clauses clause by clause, when it is answered by none as a whole; it reads no facts and no documents itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.knowledge.mentions import PRODUCT, Names
from assistant.text.units import find_quantities
from assistant.types import Answer, Sentence

SENTENCES = 4
_CUT = re.compile(r"[,，;；。!?！？\n]+(?!\d)|\.(?=\s|$)|\s[-–—]\s|\s(?:and|but|plus)\s|另外|还有|以及|顺便", re.IGNORECASE)
_ASKS = re.compile(
    r"[吗呢么啥几]|多少|怎|什么|哪|是否|能不能|可不可以|有没有|多[大高重长久远]"
    r"|^(?:so |then |also )?(?:what|which|who|when|where|why|how|can|could|do|does|did|is|are|will|would|should|may)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(r"[它其这那]|\b(?:it|its|they|them|their|this|that|these|those|one|ones)\b", re.IGNORECASE)
_EITHER = re.compile(r"\b(?:or|vs|versus)\b|还是|或", re.IGNORECASE)
_FIGURES = frozenset({"spec", "price"})
Answering = Callable[[str], Answer | None]


@dataclass(frozen=True, slots=True)
class Parts:
    """An answer made of clauses; `whole` when every clause that asks something is answered."""

    answer: Answer
    whole: bool


def asks_beside(text: str, names: Names) -> bool:
    """Whether one clause of several names goods, and another asks something of none of them ("when are your people in, and P-100 flow").

    "Which is heavier, the P-100 or the P-200" asks one thing.
    """
    clauses = [clause.strip() for clause in _CUT.split(text) if clause and clause.strip()]
    named = [bool(names.find(clause)) for clause in clauses]
    if any(len(names.find(clause)) > 1 and _EITHER.search(clause) and not _ASKS.search(clause) for clause in clauses):
        return False
    return any(named) and any(
        not own and _ASKS.search(clause) is not None and _POINTS.search(clause) is None for own, clause in zip(named, clauses, strict=True)
    )


def _unnamed(clause: str, names: Names | None) -> str:
    """A clause without the names of products, whose figures set no condition."""
    for mention in reversed(names.find(clause) if names is not None else ()):
        if mention.ids(PRODUCT):
            clause = f"{clause[: mention.start]} {clause[mention.end :]}"
    return clause


def by_clauses(
    text: str, facts: Answering, passages: Answering, missing: Callable[[str], Sentence] | None = None, *, names: Names | None = None
) -> Parts | None:
    """What `facts` say to some clauses and `passages` to the others; None when no clause is settled by facts, or one sets a condition.

    What no part of it answers is said to be `missing`.

    A clause that asks nothing and is settled by nothing ("the manual is silent") is passed over, unless it holds a figure: then it may be a condition.
    """
    clauses = [clause.strip() for clause in _CUT.split(text) if clause and re.search(r"[\w\u3400-\u9fff]", clause)]
    if len(clauses) < 2:
        return None
    told = {clause: facts(clause) for clause in dict.fromkeys(clauses)}
    if not any(told.values()):
        return None
    open_ = [clause for clause, found in told.items() if found is None]
    if any(find_quantities(clause) or re.search(r"\d", _unnamed(clause, names) if _ASKS.search(clause) else clause) for clause in open_):
        return None
    asking = [clause for clause in open_ if _ASKS.search(clause)]
    for clause in asking:
        told[clause] = passages(clause)
    found = [answer for answer in told.values() if answer is not None]
    sentences = tuple(dict.fromkeys(sentence for answer in found for sentence in answer.sentences))[:SENTENCES]
    sentences += tuple(missing(clause) for clause in asking if missing is not None and told[clause] is None)
    first = next(answer for answer in found if answer.kind != "passage")
    made = Answer(
        first.kind,
        sentences,
        min(answer.support for answer in found),
        tuple(dict.fromkeys(sku for answer in found for sku in answer.products)),
        first.attribute,
        passages=tuple(dict.fromkeys(passage for answer in found for passage in answer.passages)),
    )
    whole = all(told[clause] is not None for clause in asking)
    # half an answer is worth telling where it is a figure asked for, and not what goods go with
    return Parts(made, whole) if whole or first.kind in _FIGURES else None

"""A question asked while a change is under way ("and how long do I have to report it?"), answered from the page of that change's rule first; pure."""

from __future__ import annotations

from dataclasses import replace

from assistant.dialog.moment import Moment
from assistant.dialog.question import Question
from assistant.dialog.values.fit import leftover
from assistant.knowledge.terms import LIGHT, is_content, terms
from assistant.types import Answer

_POLICY = "policy."
_THOUGHT_OF = 0.02  # probability from which on a change counts as thought of
_FEW = 6  # Chinese characters or Latin words: what is that short leaves out what it is about


def in_topic(moment: Moment, name: str, question: Question, answer: Answer | None) -> Answer | None:
    """The answer; or, of words cut off from what they are about ("at the latest when?"), the one from the page of the rule of procedure `name`.

    Such words fit the pages of several rules alike. With the change's own name added they find its page, if it says anything of them. A question that may
    be about another change, or rests on a page that is no rule's though it is long enough to stand alone, keeps its answer.
    """
    if not name or not question.intent.startswith(_POLICY) or question.products or _of_another(moment, name, question.text):
        return answer
    spec, rules = moment.spec(name), moment.world.workspace.rules
    own = rules[spec.rule].document if spec.rule in rules else ""
    told = {passage.document for passage in answer.passages} if answer else set()
    brief = leftover(question.text, ()) <= _FEW
    if not own or own in told or not (brief or (told and told <= {rule.document for rule in rules.values()})):
        return answer
    again = moment.known.answer(replace(question, standalone=f"{_title(moment, name)}: {question.standalone}"))
    if again is None or {passage.document for passage in again.passages} != {own}:
        return answer
    return again if brief or (answer is not None and again.support > answer.support) else answer


def agreed(moment: Moment, question: Question, answer: Answer | None) -> Answer | None:
    """The answer, or what comes nearest, as sure as it is with the name of the change that the words may be about, where that finds the same place.

    Measured on 782 questions about three companies: where nine of ten unanswerable ones are refused, 23 instead of 19 of 100 others are answered rightly.
    """
    if not question.intent.startswith(_POLICY) or question.products:
        return answer
    name = next((each for each in _likely(moment, question.text) if each and moment.spec(each).rule), "") or _named(moment, question, answer)
    first = answer or (moment.known.nearest(question) if name else None)
    if not name or first is None:
        return answer
    again = moment.known.answer(replace(question, standalone=f"{_title(moment, name)}: {question.standalone}"))
    if again is None or again.support <= first.support or again.sentences[:1] != first.sentences[:1]:
        return answer
    return again


def in_talk(moment: Moment, question: Question, answer: Answer) -> Answer:
    """The answer to a follow-up, as sure as it is together with the question before, where both find it ("within how many days?" - "and when opened?")."""
    before = moment.state.question
    if not before or before == question.standalone or not question.intent.startswith(_POLICY) or not moment.state.intent.startswith(_POLICY):
        return answer
    both = moment.known.answer(replace(question, standalone=f"{before} {question.standalone}"))
    if both is None or both.support <= answer.support or not _places(answer) <= _places(both):
        return answer
    return replace(answer, support=both.support)


def talked_of(moment: Moment) -> tuple[str, ...]:
    """The products of the conversation; of a product and its part that were asked to go together, the part is what is asked to buy."""
    products = moment.state.products
    if len(products) != 2 or moment.state.intent != "product.compatibility":
        return products
    held = [moment.product(sku) for sku in products]
    parts = tuple(
        sku for sku, other in zip(products, reversed(held), strict=True) if other is not None and any(sku in listed for listed in other.relations.values())
    )
    return parts if len(parts) == 1 else products


def _places(answer: Answer) -> set[tuple[str, str]]:
    return {(passage.document, passage.id) for passage in answer.passages}


def _title(moment: Moment, name: str) -> str:
    return moment.world.wording.pick(moment.spec(name).title, moment.language)


def _likely(moment: Moment, text: str) -> tuple[str, ...]:
    """The procedures that the reading thought of for these words, first and next to first."""
    said = [request for request in moment.reading.requests if request.text.strip() == text.strip()]
    found = ((request.intent, request.confidence) for request in said), ((request.runner_up, request.runner_up_confidence) for request in said)
    return tuple(moment.world.serving.get(intent, "") for each in found for intent, sure in each if sure >= _THOUGHT_OF)


def _named(moment: Moment, question: Question, answer: Answer | None) -> str:
    """The change whose rule's page answers and whose own name the question says for the most part ("how far out can I push a delivery date")."""
    told = {passage.document for passage in answer.passages} if answer else set()
    said, rules = set(terms(question.standalone)), moment.world.workspace.rules
    for name, spec in moment.world.workspace.procedures.items():
        title = {term for term in terms(_title(moment, name)) if is_content(term) and term not in LIGHT}
        if spec.rule in rules and rules[spec.rule].document in told and 2 * len(title & said) > len(title):
            return name
    return ""


def _of_another(moment: Moment, name: str, text: str) -> bool:
    """Whether the reading took the words for another change."""
    return any(each not in ("", name) for each in _likely(moment, text))

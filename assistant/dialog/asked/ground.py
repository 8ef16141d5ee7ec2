"""What the last reply rested on, a rule or a page of the documents, and the few words that go on from it ("why not", "and in production?"); pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.dialog.answers.near import abstain
from assistant.dialog.asked.recall import recall
from assistant.dialog.asked.weigh import RULES
from assistant.dialog.beside import settled
from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.question import Question
from assistant.dialog.state import State, Waiting
from assistant.dialog.values.fit import leftover
from assistant.knowledge.rows import DOCUMENT as CATALOG
from assistant.types import Answer, RuleVerdict, Sentence
from assistant.understanding.arriving import not_arrived
from assistant.understanding.following import asks_regardless, asks_why, goes_on
from assistant.understanding.intents.weighing import bids
from assistant.understanding.questions import about_own, about_rules, asks

BRIEF = 9  # Chinese characters or Latin words: longer questions stand alone
SHORT = 7  # and so few ask only why
PASSAGE = "passage"
# measured on 60 short questions after an answer: the page has its answer from 0.5 on, and what all documents say is nearer only when it is surer by this much
LEAST, AHEAD = 0.5, 0.18
# from which confidence words are the wish that they seem to be, and that while something else is open
SURE, LIKELY = 0.8, 0.5
REFUSED = frozenset({"rule", "refused"})
ALIEN = frozenset({"product", "family", "unknown_product", "attribute", "order", "order_ref", "quantity", "item", "option", "phone", "email", "tax_id"})
NO_QUESTION = ("human.", "chat.", "complaint", "feedback", "account.")


def grounded(moment: Moment, state: State, decisions: Sequence[Decision]) -> State:
    """The state with the page that this turn was told from, and the rule that refused in it; small talk and an honest no leave them as they were."""
    for decision in reversed(decisions):
        if decision.wish is not None:
            return replace(state, page="", ruled=())
        if decision.rule and decision.reason in REFUSED and decision.procedure and decision.sentences:
            return replace(state, page=page_of(moment, decision.procedure), ruled=(decision.procedure, decision.rule, decision.sentences[0].text))
        if decision.reason == "still_open" or not (decision.answer or decision.rule or decision.call):
            continue
        if decision.reason == "no_source":
            return state
        pages = [citation.document for sentence in decision.sentences for citation in sentence.citations if citation.document != CATALOG]
        return replace(state, page=pages[0] if pages else "", ruled=() if decision.answer or decision.call else state.ruled)
    return state


def from_ground(moment: Moment, state: State) -> Decision | None:
    """The answer to a few words that go on from what was told last, or that are asked beside an open procedure; None when they stand for themselves."""
    procedure, reading = state.procedure, moment.reading
    kinds = {slot.name for slot in reading.slots if slot.value != {"same": True}}
    if reading.verdict != "other" or kinds & ALIEN or leftover(reading.text, ()) > BRIEF or not goes_on(reading.text) or _wishes(moment):
        return None
    if procedure is not None and not _only_a_place(moment) and settled(moment, procedure):
        return None
    if procedure is not None and recall(moment, procedure, reading.text, reading.slots) is not None:
        return None
    why = _of_refusal(moment, state)
    if why is not None:
        return why
    wanted = {slot.type for slot in moment.spec(procedure.name).slots.values()} if procedure is not None else set()
    if kinds - {"address", "date"} or "date" in kinds & wanted:
        return None
    if procedure is not None and any(slot.name == "order_ref" for slot in reading.slots):
        # "is it on its way?" is asked of the order, and not of the rule
        return None
    page = page_of(moment, procedure.name) if procedure is not None else state.page
    answer = _on_page(moment, page) if page else None
    if answer is None and procedure is not None and _only_a_place(moment):
        # a place that is only asked about is no address to take
        return abstain(moment, Waiting(RULES, reading.text, 1.0), Question(reading.text, reading.standalone, moment.language, intent=RULES))
    return Decision("reply", answer.sentences, RULES, confidence=answer.support, answer=answer) if answer is not None else None


def _only_a_place(moment: Moment) -> bool:
    """Whether a place is only asked about ("is another state ok?"): an address has a number, or is told."""
    reading = moment.reading
    return {slot.name for slot in reading.slots} == {"address"} and asks(reading.text) and not any(char.isdigit() for char in reading.text)


def _wishes(moment: Moment) -> bool:
    """Whether the words may be a wish: for a person, to be done something, for another value, or for something else than what is open."""
    text, open_ = moment.reading.text, moment.state.procedure
    if bids(text) or not_arrived(text) or moment.says("other_value") or (about_own(text) and open_ is None):
        return True
    for request in moment.reading.requests:
        if not request.accepted:
            continue
        if request.intent.startswith(NO_QUESTION) or request.weighed:
            return True
        name = moment.world.serving.get(request.intent, "")
        if open_ is None and name and request.confidence >= SURE and not about_rules(text):
            return True
        if open_ is not None and name not in ("", open_.name) and request.confidence >= LIKELY:
            return True
    return False


def page_of(moment: Moment, name: str) -> str:
    """The document of a procedure's rule, "" where it has none."""
    rule = moment.spec(name).rule if name in moment.world.workspace.procedures else ""
    rules = moment.world.workspace.rules
    return rules[rule].document if rule in rules else ""


def _of_refusal(moment: Moment, state: State) -> Decision | None:
    """The rule that refused last, in the words of its document, to who asks why; and the refusal once more to who asks whether it holds all the same."""
    text = moment.reading.text
    if not state.ruled or leftover(text, ()) > SHORT:
        return None
    name, clause, told = state.ruled
    if name not in moment.world.workspace.procedures or (state.procedure is not None and state.procedure.name != name):
        return None
    rule = moment.spec(name).rule
    found = next((each for each in moment.world.workspace.rules[rule].clauses if each.id == clause), None)
    if found is None:
        return None
    verdict = RuleVerdict(rule, clause, "refuse", {}, moment.world.workspace.rules[rule].document, found.message)
    citations = moment.world.wording.cite_rule(verdict, moment.language)
    sentences: tuple[Sentence, ...]
    if asks_why(text) and citations:
        sentences = (Sentence(told, citations), Sentence(_ended(moment, citations[0].quote), citations[:1]))
    elif asks_why(text) or asks_regardless(text):
        sentences = (Sentence(told, citations),)
    else:
        return None
    if state.procedure is None:
        sentences = (*sentences, Sentence(moment.world.wording.say("offer_person", moment.language)))
    return Decision("reply", sentences, RULES, "rule", 1.0, name, clause, sources=(told,))


def _ended(moment: Moment, quote: str) -> str:
    quote = quote.rstrip(" ;；,，")
    ended = quote if quote.endswith((".", "。", "!", "！", "?", "？")) else f"{quote}{'.' if quote.isascii() else '。'}"
    return moment.world.wording.pick({"zh": ended, "en": ended}, moment.language)


def _on_page(moment: Moment, page: str) -> Answer | None:
    """What a page says to the message, where no other one says it better."""
    text = moment.reading.text
    own = moment.known.answer(Question(text, text, moment.language, page=page, before=moment.state.question))
    if own is None or own.support < LEAST:
        return None
    told = moment.known.answer(Question(text, moment.reading.standalone, moment.language, intent=RULES))
    if told is None:
        return own
    if told.kind != PASSAGE:
        return None
    if page in {passage.document for passage in told.passages}:
        return own
    return own if own.support + AHEAD >= told.support else None

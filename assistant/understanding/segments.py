"""One message as the requests it holds, in the order they were made: cut into clauses, each read by the intent model, put together again; no slots.

A clause becomes a request of its own only when the model is sure of it and it is cut off clearly enough. All else is context: greetings, reasons, politeness,
numbers. Most messages with several clauses hold one request ("the truck can't come on the 10th, what about the 15th?").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from assistant.text.script import to_simplified
from assistant.text.words import sentences
from assistant.types import Language
from assistant.understanding.intents.recognise import OUT_OF_SCOPE, Guess

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

MOST_CLAUSES = 8
_LEAST = 3  # Chinese characters; a Latin word counts as two
_OWN = 0.4  # a clause after a full stop or "also" that names an order of its own
ASKED, SURE, SURER = 0.6, 0.75, 0.8  # a question or wish after a full stop or "also"; any other clause there; one after a mere comma

_STRONG, _LINKED, _WEAK = 2, 1, 0
_LINK_ZH = (
    r"另外|此外|顺便|顺带|对了|再(?=[问说看帮查给把开退改订麻])|再就是|再一个|然后|接着|同时|以及|并且|还想问?|还要问|也想问|还有一?(?:个问题|件事|点)|其次|第[二三四](?=[,，、])"
    r"|还有(?!多少|货|现货|没有|没|库存|吗|剩|几|优惠|折扣|保|质保|效|救|空间|余地|更|别的|其他|什么|哪些|戏|机会|得|的)"
)
_VERB_EN = (
    r"(?:please|pls|can|could|would|will|do|does|did|is|are|was|has|have|had|what|what's|whats|when|when's|where|where's|which|who|who's|how|how's|why"
    r"|i|i'd|i'm|i'll|we|we'd|we'll|my|our|your"
    r"|tell|send|give|cancel|change|move|push|make|add|remove|return|ship|deliver|invoice|bill|issue|check|let|get|quote|say|explain|call|ring|have|also"
    r"|then|track|list|show|swap|exchange"
    r"|reschedule|postpone|put|take|raise|book|arrange|update|correct|for the record|there's|theres|the guy|one more|cut|trim|knock|drop|reduce|increase"
    r"|lower|bump|double|halve|log|email"
    r"|mail|forward|pull|bring|hold|stop|switch|replace|set|confirm|remind|collect|refund|extend|scrap|kill|halve|shift|advance|log|report|register|redo|look)"
)
_LINK_EN = (
    r"also|plus|besides|additionally|separately|furthermore|moreover|oh and|by the way|btw|another thing|one more thing"
    rf"|(?:as well as|and|then)(?= (?:{_VERB_EN}|whether)\b| [a-z]+ (?:it|me|us|them)\b)"
)
_LINK = re.compile(rf"(?:{_LINK_ZH})|(?<![a-z'-])(?:{_LINK_EN})(?![a-z'-])", re.IGNORECASE)
_COMMA = re.compile(r"[，,、](?!\d{3}(?!\d))|[—–]|\s-\s|:\s|：|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_SHORTENED = re.compile(r"(?:str|\b(?:st|ave|rd|blvd|ln|dr|no|attn|tel|ext|approx))\.\s*$", re.IGNORECASE)  # a dot that ends no sentence
_SEMICOLON = re.compile("[;；]")
_ITEM = re.compile(
    r"(?<![\w.,])\(?(?:[1-9]|[a-e])[).)）、](?!\d)\s*|[①②③④⑤⑥⑦⑧⑨]\s*|(?<=\n)\s*[-•*·]\s+|(?<![\w.])[1-9]\.(?=\s*[^\d\s])"
)  # the mark before an item of a list
_AND_OTHER = re.compile(r"(?<=\s)(?:and|&|plus)\s(?=[^.,;?!\d#]{3,40}#?\d{4,})", re.IGNORECASE)  # "status of 12360 and an invoice for 12361"
_AND_DONE = re.compile(
    r"(?<=\s)(?:and|&|plus)\s(?=(?:order\s)?#?\d{4,}\s+(?:to be\s+|should be\s+)?[a-z]+(?:ed|en|ut)\b)", re.IGNORECASE
)  # "… and 12360 moved to June 26"
_OPENING = (
    rf"(?:(?:{_LINK_ZH}|{_LINK_EN}|first(?:ly)?|second(?:ly)?|third(?:ly)?|finally|for the record"
    r"|just so you know|fyi|frankly|honestly|to be honest|in addition|so|and|well"
    r"|ok|okay|hi|yes|no|首先|第一|最后|那|嗯|好|好的|一是|二是|说实话|老实说|说真的|就是)(?![a-z])[\W_]*)"
)
_EMPTY = re.compile(rf"[\W_]*{_OPENING}*", re.IGNORECASE)
_OPENED = re.compile(
    rf"[\W_]*(?:{_LINK_ZH}|{_LINK_EN}|first(?:ly)?|second(?:ly)?|third(?:ly)?|for the record|to be honest|honestly|frankly|in addition)(?![a-z])[\s,，:：、]*",
    re.IGNORECASE,
)
_NOT_WISHED = (
    r"[\W_]*(?:(?:订单)?\s*#?\d{4,}\s*(?:的|这单|那单|这个)?)?(?:请|先|你|你们|麻烦|也|我|我们|咱们|其实|并)*(?:别(?!的)|不要(?!了)|不用|甭|不是(?:要|想|来)|不想|没说要|没要)"
    r"|[\W_]*(?:(?:please|and|just|no|i|we|i'm|i am|we're|we are|really|also|actually|but)[\s,]+)*"
    r"(?:don't|do not|dont|didn't|did not|not|never|no need|instead of)\b"
)
_REFUSED = re.compile(_NOT_WISHED, re.IGNORECASE)
_ACT_REFUSED = re.compile(
    rf"(?:{_NOT_WISHED})(?:\s*(?:帮我|给我|再|现在|马上)?(?:取消|退|改|换|转|撤|开票)"
    r"|(?:\s+(?:to|for|asking|you|want|wanting|trying|saying|said|a|an|the|please|yet|now))*\s+(?:cancel|return|exchange|chang|mov|refund|transfer|human"
    r"|person|agent)\w*)",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"\d{4,}")
_PERSON = "human.request"  # whoever asks for a person gets one, whatever else the message tells
_RULES = "policy.question"  # two questions about the company's rules have two answers
_COURTESY = frozenset({"chat.greeting", "chat.thanks", "chat.goodbye"})
_ASKED = (OUT_OF_SCOPE, "product.", "policy.", "order.status", "order.track", "warranty.")  # wished by a question or a request only
_TOLD = ("aftersales.", "service.")  # wished by telling what is wrong
_LOOSE = frozenset({OUT_OF_SCOPE, "complaint", "feedback"})  # after a mere comma these are the tone of a request, not another one
_ALIKE = frozenset(
    frozenset(pair)
    for pair in (
        ("order.status", "order.track"),
        ("service.repair", "human.request"),
        ("service.repair", "product.howto"),
        ("human.callback", "human.request"),
        ("invoice.request", "invoice.reissue"),
        ("product.selection", "product.spec"),
        ("product.selection", "product.compatibility"),
        ("order.cancel", "aftersales.return"),
        ("order.cancel", "order.change_quantity"),
        ("aftersales.return", "order.change_quantity"),
        ("product.price", "order.change_quantity"),
        ("aftersales.return", "aftersales.exchange"),
        ("aftersales.return", "aftersales.damage"),
        ("aftersales.exchange", "aftersales.damage"),
        ("aftersales.exchange", "order.change_quantity"),
    )
)
_WH = re.compile(
    r"多少|几[天个台件号点时年月比]|什么|啥|怎么|咋|哪|谁|多久|多长|多大|为什么|吗|下不下|好不好|能不能|会不会|\b(?:what|when|where|which|who|how|why|can|could|would|will|is|are|does|did)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"[?？]|吗|呢|么(?![\u4e00-\u9fff])|多少|几[天个台件号点时年月]|什么|啥|怎么|咋|哪|能不能|可不可以|可以不|行不行|有没有|是不是|会不会|是.{1,14}还是|谁|多久|多长|多大|几何|没有?$|不$|\bwhether\b"
    r"|(?<![管论])([\u4e00-\u9fff])[不没]\1"
    r"|\b(?:what'?s?|when'?s?|where'?s?|which|who'?s?|how'?s?|why)\b"
    r"|^(?:(?:and|but|so|then|or|also|please)\s+)*(?:can|could|would|will|do|does|did|is|are|was|has|have|had|any|may|might|shall|should)\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"人工|真人|问[一下]|帮|请|麻烦|叫|找|让|推|挪|往后|往前|停|废|添|砍|报价|要|想|需要|取消|改|换|退|查|开|发|寄|送|转|推迟|提前|延|加|减|派|安排|登记|报|告诉|说[下说一]|看[下看一]|给|撤|调|补|修|导出|删|注销|推荐|选|写|讲|唱|画|翻译|算"
    r"|\b(?:please|pls|want|need|like|tell|send|give|cancel|change|move|push|make|add|remove|return|ship|deliver|invoice|bill|issue|check|let|get|quote"
    r"|say|explain|call|ring|track|list|show|swap"
    r"|exchange|reschedule|postpone|put|take|raise|book|arrange|update|correct|recommend|write|translate|sing|draw|solve|sending|returning|drop|kill|scrap)\b"
    r"|^(?:and\s+)?(?:cut|trim|knock|reduce|increase|lower|bump|double|halve|log|email|mail|forward|pull|bring|hold|stop|switch|replace|set|confirm"
    r"|collect|refund|extend|shift|advance|report)\b"
    r"|^(?:and\s+)?(?:(?:the|an?|our|my|your|its)\s+)?(?:\w+\s+)?(?:prices?|costs?|status|warranty|stock|tracking|quote|eta|lead time|delivery date"
    r"|due date|progress)\b",
    re.IGNORECASE,
)
_REST = re.compile(r"[\W_]*(?:剩下|剩余|其余|余下|另外|另|其他|其它|(?:and\s+)?(?:the (?:rest|others?|remaining)|another|others)\b)", re.IGNORECASE)

_CHOOSES = re.compile(r"哪|谁|\b(?:which|who)\b|\bwhat's\b", re.IGNORECASE)
_EITHER = re.compile(
    r"[\s,，]*(?:the )?[\w-]+(?: [\w-]*\d[\w-]*)?\s*(?:还是|或者?|和|跟|与|\b(?:or|and)\b)\s*(?:the )?[\w-]+(?: [\w-]*\d[\w-]*)?[\s?？.。!！呢]*", re.IGNORECASE
)


class Predictor(Protocol):
    """What segments need of the intent model."""

    intents: tuple[str, ...]

    def probabilities(self, texts: Sequence[str]) -> Floats: ...

    def guess(self, row: Floats, *, language: Language) -> Guess: ...


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the message; `bond` tells how it is cut off from what stands before it (2 sentence end, 1 a word like "also", 0 a comma).

    `core` is the part of it that asks, where the rest is its reason ("it is two days late, [where is it?]").
    """

    start: int
    end: int
    bond: int
    core: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the message that is one request."""

    start: int
    end: int
    guess: Guess


def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a folded text, in order, covering everything that says something."""
    text = to_simplified(text)  # character by character in place: spans stay the same
    found: list[Clause] = []
    for start, end in sentences(text):
        for offset, (left, right, bond) in enumerate(_parts(text, start, end)):
            found.append(Clause(left, right, bond if offset else (_WEAK if _SHORTENED.search(text[:start]) else _STRONG)))
    return _answering(text, _joined(text, found))


def _parts(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    cuts = {match.end(): _WEAK for match in _COMMA.finditer(text, start, end)}
    cuts |= {match.end(): _STRONG for match in _SEMICOLON.finditer(text, start, end)}
    for match in _LINK.finditer(text, start, end):
        cuts[match.start()] = _LINKED
    cuts |= {match.start(): _LINKED for match in _AND_OTHER.finditer(text, start, end) if _LONG_NUMBER.search(text, start, match.start())}
    cuts |= {match.start(): _LINKED for match in _AND_DONE.finditer(text, start, end)}
    items = list(_ITEM.finditer(text, start, end))
    if len(items) > 1:
        cuts |= {match.start(): _STRONG for match in items}
    parts: list[tuple[int, int, int]] = []
    at, bond = start, _STRONG
    for cut in sorted(cuts):
        if start < cut < end:
            parts.append((at, cut, bond))
            at, bond = cut, cuts[cut]
    parts.append((at, end, bond))
    return [(left, right, bond) for left, right, bond in parts if text[left:right].strip()]


def _joined(text: str, found: list[Clause]) -> tuple[Clause, ...]:
    """Clauses with those that say nothing by themselves ("Also,", "第一，", a lone number) put to the next one, or to the last when none follows."""
    kept: list[Clause] = []
    held: Clause | None = None
    for clause in found:
        if held is not None:
            clause = Clause(held.start, clause.end, max(held.bond, min(clause.bond, _LINKED)) if held.bond != _STRONG else _STRONG)
            held = None
        if _EMPTY.fullmatch(text[clause.start : clause.end]):
            held = clause
        elif clause.bond == _WEAK and kept and (_thin(text[clause.start : clause.end]) or _choices(text, kept[-1], clause)):
            kept[-1] = replace(kept[-1], end=clause.end)
        else:
            kept.append(clause)
    if held is not None and kept:
        kept[-1] = replace(kept[-1], end=held.end)
    elif held is not None:
        kept.append(held)
    while len(kept) > MOST_CLAUSES:
        weakest = min(range(1, len(kept)), key=lambda at: (kept[at].bond, kept[at].end - kept[at - 1].start))
        kept[weakest - 1 : weakest + 1] = [replace(kept[weakest - 1], end=kept[weakest].end)]
    return tuple(kept)


def _choices(text: str, before: Clause, clause: Clause) -> bool:
    """Whether a clause only names what the question before chooses from ("which has the longer warranty, PS-20 or P-100?")."""
    return _CHOOSES.search(text, before.start, before.end) is not None and _EITHER.fullmatch(text, clause.start, clause.end) is not None


def _answering(text: str, parts: Sequence[Clause]) -> tuple[Clause, ...]:
    """Of clauses with mere commas between them, those that ask for nothing are put to the next one that does, or to the last: they are its reason."""
    kept: list[Clause] = []
    asked: list[bool] = []
    for part in parts:
        asks = _asks(_said(text[part.start : part.end]))
        if part.bond == _WEAK and kept and not (asked[-1] and asks):
            core = kept[-1].core or ((kept[-1].start, kept[-1].end) if asked[-1] else (part.start, part.end) if asks else None)
            kept[-1] = replace(kept[-1], end=part.end, core=core)
            asked[-1] = asked[-1] or asks
        else:
            kept.append(part)
            asked.append(asks)
    return tuple(kept)


def _asks(said: str) -> bool:
    """Whether words are a question or a wish by their form."""
    return bool(_QUESTION.search(said) or _WISH.search(said))


def wishes(text: str) -> bool:
    """Whether words ask for something by their form: a question, or a wish."""
    return _asks(to_simplified(text))


def _thin(text: str) -> bool:
    """Too little to be read alone: a word or two, or numbers only. What names an order needs a word less ("12346取消", "cancel 12366")."""
    least = _LEAST - 1 if _LONG_NUMBER.search(text) else _LEAST
    return len(re.findall("[\u4e00-\u9fff]", text)) + 2 * len(re.findall("[A-Za-z]{2,}", text)) < least


def segment(text: str, model: Predictor, *, language: Language) -> tuple[Segment, ...]:
    """The requests of a folded message; at least one for a text with words, greetings and thanks only when there is nothing else. One call of the encoder."""
    parts = clauses(text)
    if not parts:
        return ()
    plain = to_simplified(text)
    said = [_said(plain[part.start : part.end]) for part in parts]
    if len(parts) == 1:
        guess = model.guess(model.probabilities([text.strip()])[0], language=language)
        return (Segment(parts[0].start, parts[0].end, replace(guess, accepted=guess.accepted and not _ACT_REFUSED.match(plain.strip()))),)
    cores = {at: _said(plain[part.core[0] : part.core[1]]) for at, part in enumerate(parts) if part.core}
    found = model.probabilities([text.strip(), *said, *cores.values()])
    rows = found[: len(parts) + 1].copy()
    for at, row in zip(cores, found[len(parts) + 1 :], strict=True):
        if _clearer(model.guess(row, language=language), model.guess(rows[at + 1], language=language)):
            rows[at + 1] = row
    guesses = [model.guess(row, language=language) for row in rows[1:]]
    apart = [_REST.match(words) is not None for words in said]
    numbers = [frozenset(_LONG_NUMBER.findall(words)) for words in said]
    asked = [_asks(words) or _ITEM.match(plain, parts[at].start) is not None for at, words in enumerate(said)]
    asked = [found or (_has_own(numbers, at) and _LINKED in {part.bond for part in parts[max(at, 1) : at + 2]}) for at, found in enumerate(asked)]
    least = [_least(parts, guesses, asked, at, own=_has_own(numbers, at)) for at in range(len(parts))]
    heads = [at for at, guess in enumerate(guesses) if _is_request(said[at], guess, least=least[at], asked=asked[at])]
    wished = [at for at in range(len(parts)) if not _ACT_REFUSED.match(said[at])]
    heads = [at for at in heads if not _REFUSED.match(said[at])] or heads
    meant = [at for at in heads if at in wished]
    if 0 < len(wished) < len(parts) and len({guesses[at].intent for at in meant}) < 2:
        return (Segment(parts[0].start, parts[-1].end, model.guess(rows[1:][meant or wished].max(axis=0), language=language)),)
    heads = _told_apart(parts, guesses, heads, whole=dict(zip(model.intents, map(float, rows[0]), strict=True)), numbers=numbers, apart=apart)
    wishes = {guesses[head].intent for head in heads}
    if len(wishes) < 2 and not (wishes == {_RULES} and any(parts[head].bond != _WEAK for head in heads[1:])):
        if heads and guesses[heads[-1]].intent == _PERSON:
            return (Segment(parts[0].start, parts[-1].end, guesses[heads[-1]]),)
        row = rows[0] if not heads else rows[0] + rows[1:][heads].max(axis=0) / 2
        return (Segment(parts[0].start, parts[-1].end, model.guess(row / row.sum(), language=language)),)
    return _gathered(parts, guesses, heads)


def _said(text: str) -> str:
    """A clause without the words that only link it."""
    rest = text
    if match := _ITEM.match(rest.lstrip()):
        rest = rest.lstrip()[match.end() :]
    while (match := _OPENED.match(rest)) and match.group() != "再":
        rest = rest[match.end() :]
    return rest.strip(" ,，、—–-:：") or text.strip()


def _told_apart(
    parts: Sequence[Clause],
    guesses: Sequence[Guess],
    heads: list[int],
    *,
    whole: Mapping[str, float],
    numbers: Sequence[frozenset[str]],
    apart: Sequence[bool],
) -> list[int]:
    """Heads of which two with a mere comma between them are both sure, and not two ways of saying one thing.

    What names different numbers is two things, and so is what is said of "the rest" (`apart`).
    """
    found = list(heads)
    for left, right in tuple(pairwise(found)):
        if left not in found or any(part.bond != _WEAK for part in parts[left + 1 : right + 1]):
            continue
        if guesses[left].intent == guesses[right].intent:
            continue
        if numbers[left] and numbers[right] and not numbers[left] & numbers[right]:
            continue
        for at in (left, right):
            if len(found) > 1 and at in found and (guesses[at].p < SURER or guesses[at].intent in _LOOSE):
                found.remove(at)
        if left in found and right in found and not apart[right] and frozenset({guesses[left].intent, guesses[right].intent}) in _ALIKE:
            found.remove(min((left, right), key=lambda at: (whole[guesses[at].intent], -at)))
    return _undisturbed(found, guesses)


def _clearer(core: Guess, whole: Guess) -> bool:
    """Whether the part of a clause that asks tells better what is wanted than the clause with its reason."""
    return core.accepted and core.p >= SURER > whole.p and core.intent not in _LOOSE | _COURTESY


def _has_own(numbers: Sequence[frozenset[str]], at: int) -> bool:
    """Whether a clause names a number, as others do, and none of theirs: it is about another order."""
    others = [found for place, found in enumerate(numbers) if place != at and found]
    return bool(numbers[at]) and bool(others) and not any(found & numbers[at] for found in others)


def _least(parts: Sequence[Clause], guesses: Sequence[Guess], asked: Sequence[bool], at: int, *, own: bool) -> float:
    """How sure the model has to be that a clause is a request of its own: the less, the more clearly it is cut off and asks or names something itself."""
    if parts[at].bond != _WEAK and own:
        return _OWN
    apart = parts[at].bond != _WEAK and (at + 1 == len(parts) or parts[at + 1].bond != _WEAK)
    return ASKED if apart and (asked[at] or guesses[at].intent.startswith(_TOLD)) else SURE


def _is_request(said: str, guess: Guess, *, least: float, asked: bool) -> bool:
    if not guess.accepted or guess.intent in _COURTESY or guess.p < least:
        return False
    if guess.intent == OUT_OF_SCOPE:
        return guess.p >= SURER and bool(_WH.search(said) or _WISH.search(said))
    return not guess.intent.startswith(_ASKED) or asked


def _undisturbed(found: list[int], guesses: Sequence[Guess]) -> list[int]:
    """Requests without the feelings around them: whoever wants a person does not want the mood answered, and who sends goods back does not praise them."""
    intents = {guesses[at].intent for at in found}
    dropped = {"complaint"} if _PERSON in intents else set()
    if any(intent.startswith("aftersales.") for intent in intents):
        dropped.add("feedback")
    return [at for at in found if guesses[at].intent not in dropped]


def _gathered(parts: Sequence[Clause], guesses: Sequence[Guess], heads: Sequence[int]) -> tuple[Segment, ...]:
    """Context goes to the request before it, or, after a full stop and before any request, to the one that follows; neighbours of one intent are one."""
    segments: list[Segment] = []
    start = parts[0].start
    for place, head in enumerate(heads):
        until = heads[place + 1] if place + 1 < len(heads) else len(parts)
        last = head
        while last + 1 < until and not (place + 1 < len(heads) and parts[last + 1].bond != _WEAK):
            last += 1
        if place + 1 == len(heads):
            last = len(parts) - 1
        made = Segment(start, parts[last].end, guesses[head])
        same = segments and segments[-1].guess.intent == made.guess.intent
        if same and not (made.guess.intent == _RULES and parts[head].bond != _WEAK):
            better = max(segments[-1].guess, made.guess, key=lambda guess: guess.p)
            segments[-1] = Segment(segments[-1].start, made.end, better)
        else:
            segments.append(made)
        if last + 1 < len(parts):
            start = parts[last + 1].start
    return tuple(segments)

"""Reads a whole message as the answer to a preview: a plain yes, a yes with a further request, a no, or anything else.

A message is a yes only when every word of it is consent, politeness or a repetition of what the preview shows; whatever is left over (a condition, a doubt,
a question, a new value, somebody else's opinion, a quotation) makes it something else. To look for harmful words instead lets unknown ones through: it was
tried and gave a yes where there was none. A wrong yes writes; a yes that was not recognised costs one question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assistant.types import Slot, Verdict
from assistant.understanding.slots.lexicon import plain
from assistant.understanding.yesno import words as table
from assistant.understanding.yesno.acts import KINDS, Acts, acts_of
from assistant.understanding.yesno.against import speaks_against
from assistant.understanding.yesno.closed import taken_back
from assistant.understanding.yesno.cover import cover, is_yes
from assistant.understanding.yesno.echo import Shown, denies, repeats, said_again
from assistant.understanding.yesno.elsewhere import consents_elsewhere
from assistant.understanding.yesno.form import QUOTES, Message, prepared
from assistant.understanding.yesno.signed import signed
from assistant.understanding.yesno.undoing import undoes

_LONGEST = 160  # a plain no is short
_LONGEST_YES = 320  # a letter of consent is longer
_CLAUSE = re.compile(r"[，,。.!！;；\n:：…]+")
_VALUES = frozenset({"date", "shift", "quantity", "item", "address", "product", "order", "tax_id", "title", "phone", "email", "option", "unknown_product"})
_CHANGING = _VALUES - {"order", "option"}
_DATED = frozenset({"date", "shift"})
_APART = frozenset({"address", "product", "quantity", "item"})  # said where none is shown, they are wished for
_BEEN = re.compile(r"\b(?:last|ago|yesterday|this|today|now|past|previous|earlier)\b|昨|上|去年|前|刚|今|现在|已|早|这|周末$|新年$|节$")
_BOTH = frozenset({"两个", "两样", "两项", "both", "the two"})
_DAY = re.compile(r"\b(?:dates?|reschedul\w+|(?:this|that) day)\b|日期|[这那]天|日子|交期|[改延]期")  # speaks of a day, where the preview shows none
_REPEATED = frozenset({"date", "order"})

_LONG_VALUE = 7  # a longer one may be a day said twice, with words between that say something else
_ONLY_DAY = re.compile(
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|first|second|third|[a-z]{3,8}t[hy]|twenty|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|twelve|"
    r"the|of|on|in|a|next|this|coming|weeks?|days?|month|from|today|now|year|pcs|pieces?|units?|sets?|order|number|no|st|nd|rd|th|x|"
    r"[a-z]{1,4}-?[0-9]+[a-z0-9-]*|"
    r"[0-9]+|[年月日号周星期礼拜上下个这本后天今的第一二三四五六七八九十两零〇初台件套只箱个订单]|[\s,，./()（）#:-])+"
)
_ONLY_PIECES = re.compile(
    r"(?:(?:both|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|"
    r"forty|fifty|sixty|seventy|eighty|ninety|"
    r"hundred|units?|pieces?|pcs|sets?|of|them|the|[0-9]+|[a-z]{1,4}-?[0-9]+[a-z0-9-]*)[ -]?)+"
)
_QUOTED = re.compile(r"(?<![a-z])['‘’][a-z ]{2,}['’](?![a-z])|[‘][^’]+[’]")
_VETO = re.compile(table.VETO)
# 好 as "so", and words that say who is there or how things are
_NO_CONSENT = re.compile(
    r"好(?:麻烦|复杂|烦|难|慢|久|坑|惨|累)(?!您|你|了|大家|各位)"
    r"|\b(?:yes|yeah|yep|yup|sure|ok|okay)[,. ]+(?:i'?m|i am) (?:still |back )?(?:here|there|back|listening)\b"
    r"|\buh[ -]?(?:uh|oh)\b|\b(?:i|we) would (?:accept|agree|confirm|approve|pay|take)\b"
    r"|\bsure (?:it|that|this|he|she|they) (?:is|was|does|do|are|has)\b"
)
_DOUBTFUL = re.compile(r"(?:^|(?<=\s)):-?[/\\(|](?=\s|$)")  # a face that frowns


def read_verdict(text: str, slots: tuple[Slot, ...], *, shown: Shown | None = None, act: str = "") -> Verdict:
    """What folded `text`, with the `slots` read from it (dates too), answers to a preview.

        `shown` are the values the preview is about, by kind of slot ({"order": ("12345",), "date": ("2026-06-15",)}): repeating one belongs to a yes, any other
        value makes it a new one; "items" are lists of {"sku", "quantity"}. Without it a repeated date or order number is let pass, and the caller must compare
    it with the preview itself. `act` says what
        the preview would do (the procedure's title): its verbs then consent as well ("确认取消", "cancel it"); without it only changing does.
        yes_plus is a plain yes followed by a request of its own, which stands in the reading's requests.
    """
    if not text.strip() or len(text) > 2000:
        return "other"
    simple = plain(text)
    for start, end in signed(text):
        if all(slot.end <= start or slot.start >= end for slot in slots if slot.name in _VALUES):
            simple = simple[:start] + " " * (end - start) + simple[end:]
    echoes = [(slot.start, slot.end) for slot in _echoes(slots, shown) if _says_no_more(slot, simple)]
    echoes = _apart_from(said_again(simple, shown), echoes, slots) if shown else echoes
    message = prepared(simple, echoes)
    if not message.starts:
        return "other"
    acts = acts_of(act, frozenset(shown or ()) & KINDS)
    asked = (
        "?" in message.form
        or any(mark in message.form for mark in QUOTES)
        or bool(_QUOTED.search(simple) or _VETO.search(message.form) or _DOUBTFUL.search(simple) or _NO_CONSENT.search(simple))
    )
    asked = asked or speaks_against(message.form, acts.groups) or taken_back(message.form, plain(text), acts.groups, shown=shown or {})
    asked = asked or consents_elsewhere(message.form, plain(text), acts.groups, shown=shown or {})
    asked = asked or bool(shown is not None and not _DATED & set(shown) and _DAY.search(message.form))
    asked = asked or bool(shown and any(_differs(slot, shown) for slot in slots))
    short = len(message.starts) <= _LONGEST_YES and not asked
    if short and is_yes(cover(message, acts)[len(message.starts)]):
        return "yes"
    cancels = not act or "cancel" in acts.groups
    if _is_no(message, simple, slots, shown=shown, acts=acts, cancels=cancels):
        return "no"
    if _is_yes_plus(message, simple, slots, shown=shown, acts=acts):
        return "yes_plus"
    return "other"


def _differs(slot: Slot, shown: Shown) -> bool:
    """Whether a mention is another value than the preview shows, whatever its kind; a day that has been, a feast and "all of them" are none."""
    if slot.name not in _CHANGING or slot.note == "ambiguous" or _same(slot, shown):
        return False
    if slot.name in _DATED:
        return not _BEEN.search(plain(slot.text))
    return slot.name in shown or (slot.name in _APART and not isinstance(slot.value, Mapping) and plain(slot.text).strip() not in _BOTH)


def agrees(slots: Iterable[Slot], shown: Shown) -> bool:
    """Whether no slot states a value other than the `shown` ones of its kind; kinds the preview does not show disagree."""
    return all(_same(slot, shown) for slot in slots if slot.name in _VALUES)


def _same(slot: Slot, shown: Shown) -> bool:
    """Whether a slot repeats a shown value of its kind; pieces of a list of items are repeated by their number, their product or both."""
    if slot.value in shown.get(slot.name, ()) or repeats(slot, shown):
        return True
    items = [item for listed in shown.get("items", ()) if isinstance(listed, list | tuple) for item in listed if isinstance(item, Mapping)]
    match slot.name:
        case "item":
            paired = (
                isinstance(slot.value, Mapping)
                and slot.value.get("quantity") in shown.get("quantity", ())
                and slot.value.get("sku") in shown.get("product", ())
            )
            return slot.value in items or paired
        case "quantity":
            return any(item.get("quantity") == slot.value for item in items)
        case "product":
            return any(item.get("sku") == slot.value for item in items)
    return False


def _apart_from(spans: Iterable[tuple[int, int]], taken: list[tuple[int, int]], slots: tuple[Slot, ...]) -> list[tuple[int, int]]:
    """`taken` and those of `spans` that touch none of them, none before and no mention of something else: "14" in "the 14th" repeats no 14 pieces."""
    kept = list(taken)
    other = [(slot.start, slot.end) for slot in slots if slot.name in _VALUES and (slot.start, slot.end) not in taken]
    for start, end in spans:
        if all(end <= left or start >= right for left, right in (*kept, *other)):
            kept.append((start, end))
    return kept


def _says_no_more(slot: Slot, simple: str) -> bool:
    """Whether the words of a mention are its value alone; a long one may hold more, as a day that is said twice does."""
    if slot.name in ("address", "title", "tax_id", "phone", "email", "product", "family"):
        return not denies(simple[slot.start : slot.end])
    if slot.name in ("quantity", "item") and not denies(simple[slot.start : slot.end]):
        return _ONLY_PIECES.fullmatch(simple, slot.start, slot.end) is not None or slot.end - slot.start < _LONG_VALUE
    return slot.end - slot.start < _LONG_VALUE or _ONLY_DAY.fullmatch(simple, slot.start, slot.end) is not None


def _echoes(slots: tuple[Slot, ...], shown: Shown | None) -> list[Slot]:
    """The mentions that only repeat what the preview shows."""
    found = []
    for slot in slots:
        if slot.name not in (*_VALUES, "family") or slot.start >= slot.end or slot.note == "ambiguous":
            continue  # "the 15th or the 16th" repeats nothing, whichever of them the preview shows
        if (slot.name in _REPEATED and slot.note in ("", "also", "corrected")) if shown is None else _same(slot, shown):
            found.append(slot)
    return found


_NO = re.compile(f"{table.REFUSAL_ZH}|{table.REFUSAL_EN}|[{table.NO_SIGNS.replace(' ', '')}]")
_HEDGE = re.compile(f"{table.HEDGE_ZH}|{table.HEDGE_EN}")
_IDIOM = re.compile(
    r"\bno (?:problem|worries|rush|objections?|issues?)(?: at all)?\b|不客气|不用谢|不好意思|\bwhy not\b|\bim sorry\b|^not really (?=no\b)|"
    r"(?<=不行)不行|我?没说要[改退换取]消?[啊呀吧的]*"
)
_BLUNT = re.compile(r"\bnot what (?:i|we) (?:want|wanted|asked|asked for|need|needed|meant)\b|\bi never (?:wanted|asked for) (?:that|this|it)\b|当我?没说")
_KEEP = re.compile(table.KEEP)
_CANCEL = re.compile(r"取消|撤单|\bcancel\b")


def _is_no(message: Message, simple: str, slots: tuple[Slot, ...], *, shown: Shown | None, acts: Acts, cancels: bool) -> bool:
    """A refusal without a question, a doubt or a new value. Where the preview `cancels` (or may), "cancel" is no refusal."""
    form = _BLUNT.sub(" nope ", _IDIOM.sub(" ", message.form))
    if len(form) > _LONGEST or "?" in form or any(mark in form for mark in QUOTES):
        return False
    found = [match for match in _NO.finditer(form) if not (cancels and _CANCEL.search(match.group()) and not re.search("不|别|dont|not", match.group()))]
    undone = undoes(simple, acts.verbs_zh, acts.verbs_en)
    if not (found or undone) or (_HEDGE.search(form) and not undone) or _number_left(simple, slots):
        return False
    if any(is_yes(cover(part, acts)[-1]) for clause in _CLAUSE.split(simple) if (part := prepared(clause, [])).starts and not _NO.search(part.form)):
        return False
    keeps = bool(_KEEP.search(form))
    for slot in slots:
        if slot.name in _CHANGING and not keeps and not (shown is not None and _same(slot, shown)) and not _is_part_of_refusal(slot, simple):
            return False
        if slot.name == "order" and shown is not None and not _same(slot, shown):
            return False
    return True


def _number_left(simple: str, slots: tuple[Slot, ...]) -> bool:
    """Whether a number is said that no slot explains: it may be the value that is wanted instead ("no, the 24")."""
    letters = list(simple)
    for slot in slots:
        letters[slot.start : slot.end] = " " * (slot.end - slot.start)
    return bool(re.search(r"\d", "".join(letters)))


def _is_part_of_refusal(slot: Slot, simple: str) -> bool:
    """不要15号: the value that is turned down, not one that is wished for."""
    return (slot.name == "quantity" and isinstance(slot.value, Mapping)) or bool(
        re.search(r"(?:不要|别改?到?|not on|no need for)\s*(?:the)?\s*$", simple[: slot.start])
    )


_ADDED = re.compile(rf"(?:{table.ADDED_ZH}|{table.ADDED_EN})")
_NOT_ADDED = re.compile(f"{table.NOT_ADDED_ZH}|{table.NOT_ADDED_EN}")


def _is_yes_plus(message: Message, simple: str, slots: tuple[Slot, ...], *, shown: Shown | None, acts: Acts) -> bool:
    """A plain yes first, then something that stands on its own and leaves what was previewed alone."""
    reach = cover(message, acts)
    for index in range(len(message.starts) - 1, 0, -1):
        if not is_yes(reach[index]):
            continue
        rest, origin = message.form[message.starts[index] :], message.origins[index]
        if any(mark in message.form[: message.starts[index]] for mark in ("?", *QUOTES)):
            continue
        added = _ADDED.match(rest) is not None
        if not (added or (_new_sentence(simple, origin, slots, shown=shown) and not acts.named.search(rest))):
            continue
        if "?" not in rest and _on_top(origin, slots, shown=shown, added=added):
            return False
        return len(rest.replace(" ", "")) > 3 and not _NOT_ADDED.search(rest) and _apart(rest, slots, origin, shown=shown)
    return False


def _on_top(origin: int, slots: tuple[Slot, ...], *, shown: Shown | None, added: bool) -> bool:
    """Whether pieces or goods are named that may be meant for what is previewed, where it is about pieces ("yes 14, plus two seals")."""
    kinds = {"quantity", "item"} if added else {"quantity", "item", "product"}
    return bool({"quantity", "items", "product"} & set(shown or ())) and any(slot.start >= origin and slot.name in kinds for slot in slots)


def _new_sentence(simple: str, origin: int, slots: tuple[Slot, ...], *, shown: Shown | None) -> bool:
    """Whether a sentence of its own about another order or a product begins here ("Yes. Where is 12365?")."""
    if not re.search(r"[.。!！\n]\s*$", simple[:origin]):
        return False
    others = [slot for slot in slots if slot.start >= origin and slot.name in ("order", "product") and not (shown is not None and _same(slot, shown))]
    return bool(others)


_MATTER = re.compile(table.MATTER)
_ABOUT_PREVIEW = re.compile(table.ABOUT_PREVIEW)


def _apart(rest: str, slots: tuple[Slot, ...], origin: int, *, shown: Shown | None) -> bool:
    """Whether what follows a yes is about something else: another order, a product, a matter of its own, and no other value for what the preview shows."""
    known = shown or {}
    said = [slot for slot in slots if slot.start >= origin]
    if any(slot.name == "order" and slot.value in known.get("order", ()) for slot in said):
        return False
    if any(slot.name in ("order", "product", "family", "attribute") for slot in said):
        return True
    if any(slot.name in _CHANGING and (shown is None or slot.name in known or slot.name in ("date", "shift")) for slot in said):
        return False
    if any(slot.name == "order_ref" and slot.value == {"same": True} for slot in said) or _ABOUT_PREVIEW.search(rest):
        return False
    return bool(_MATTER.search(rest)) or any(slot.name in _CHANGING for slot in said)

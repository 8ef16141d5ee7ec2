"""Reads a whole message as the answer to a preview: a plain yes, a yes with a further request, a no, or anything else.

A message is a yes only when every word of it is consent, politeness or a repetition of what the preview shows; whatever is left over (a condition, a doubt,
a question, a new value, somebody else's opinion, a quotation) makes it something else. A wrong yes writes; a yes that was not recognised costs one question.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.types import Json, Slot, Verdict
from assistant.understanding import yesno_words as table
from assistant.understanding.slots_lexicon import plain

_LONGEST = 160  # a plain yes or no is short
_TOKEN = re.compile(r"[a-z]+(?:['’´`][a-z]+)*|[0-9]+|[\u3400-\u9fff]|[§?？\"“”„«»「」『』%$€£¥#@+=*&]|[^\x00-\u2fff\u3000-\u303f\uff00-\uff65]|[\u2600-\u27bf\u2b00-\u2bff]", re.ASCII)
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff\u2640\u2642\ufe0f]")
_QUOTES = frozenset("\"“”„«»「」『』")
_CLAUSE = re.compile(r"[，,。.!！;；\n:：…]+")
_CORE = tuple("confirm confirmed confirming correct absolutely definitely proceed agreed approve approved exactly perfect certainly affirmative please thanks continue submit ahead accept accepted process".split())
_VALUES = frozenset({"date", "shift", "quantity", "item", "address", "product", "order", "tax_id", "title", "phone", "email", "option", "unknown_product"})
_CHANGING = _VALUES - {"order", "option"}
_REPEATED = frozenset({"date", "order"})

_QUOTED = re.compile(r"(?<![a-z])['‘’][a-z ]{2,}['’](?![a-z])|[‘][^’]+[’]")
_VETO = re.compile(table.VETO)
_SIGNATURE = re.compile(r"\b(?:regards|cheers|best|sincerely|br),?\s+([A-Z][a-z]+(?: [A-Z][a-z]+)?)\s*$")
_PART = re.compile(f"{table.PART_ZH}|{table.PART_EN}")

FILLER, SOFT, PLAIN = 0, 1, 2
State = tuple[int, bool]
Shown = Mapping[str, tuple[Json, ...]]


@dataclass(frozen=True, slots=True)
class _Text:
    """A message in matching form. `form` is its tokens, Latin words set apart by blanks; `starts[i]` is where token i begins in it, `origins[i]` in the message."""

    form: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]


def read_verdict(text: str, slots: tuple[Slot, ...], *, shown: Shown | None = None, act: str = "") -> Verdict:
    """What folded `text`, with the `slots` read from it (dates too), answers to a preview.

    `shown` are the values the preview is about, by kind of slot ({"order": ("12345",), "date": ("2026-06-15",)}): repeating one belongs to a yes, any other
    value makes it a new one. Without it a repeated date or order number is let pass, and the caller must compare it with the preview itself. `act` says what
    the preview would do (the procedure's title): its verbs then consent as well ("确认取消", "cancel it"); without it only changing does.
    yes_plus is a plain yes followed by a request of its own, which stands in the reading's requests.
    """
    if not text.strip() or len(text) > 2000:
        return "other"
    simple = plain(text)
    if (signed := _SIGNATURE.search(text)) and all(slot.end <= signed.start(1) for slot in slots):
        simple = simple[: signed.start(1)]
    echoes = _echoes(slots, shown)
    message = _prepared(simple, echoes)
    if not message.starts:
        return "other"
    acts = _acts(act)
    asked = "?" in message.form or any(mark in message.form for mark in _QUOTES) or bool(_QUOTED.search(simple) or _VETO.search(message.form))
    if len(message.starts) <= _LONGEST and not asked and _is_yes(_cover(message, acts)[len(message.starts)]):
        return "yes"
    cancels = not act or "cancel" in acts.groups
    if _is_no(message, simple, slots, shown=shown, acts=acts, cancels=cancels):
        return "no"
    if _is_yes_plus(message, simple, slots, shown=shown, acts=acts):
        return "yes_plus"
    return "other"


def agrees(slots: Iterable[Slot], shown: Shown) -> bool:
    """Whether no slot states a value other than the `shown` ones of its kind; kinds the preview does not show disagree."""
    return all(_same(slot, shown) for slot in slots if slot.name in _VALUES)


def _same(slot: Slot, shown: Shown) -> bool:
    if slot.name == "item" and isinstance(slot.value, Mapping):
        return slot.value in shown.get("item", ()) or (slot.value.get("quantity") in shown.get("quantity", ()) and slot.value.get("sku") in shown.get("product", ()))
    return slot.value in shown.get(slot.name, ())


def _echoes(slots: tuple[Slot, ...], shown: Shown | None) -> list[tuple[int, int]]:
    """Spans that only repeat what the preview shows."""
    spans = []
    for slot in slots:
        if slot.name not in _VALUES or slot.start >= slot.end:
            continue
        if (slot.name in _REPEATED and slot.note in ("", "also", "corrected")) if shown is None else _same(slot, shown):
            spans.append((slot.start, slot.end))
    return spans


def _prepared(simple: str, echoes: list[tuple[int, int]]) -> _Text:
    for start, end in echoes:
        simple = f"{simple[:start]}§{' ' * (end - start - 1)}{simple[end:]}"
    simple = _SKIN.sub(" ", simple)
    known = _vocabulary()
    parts: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    length = 0
    for match in _TOKEN.finditer(simple):
        token = _normal(match.group(), known)
        if not token:
            continue
        glue = " " if parts and not (_han(parts[-1][-1]) and _han(token[0])) else ""
        length += len(glue)
        starts.append(length)
        origins.append(match.start())
        parts.append(glue + token)
        length += len(token)
    return _Text("".join(parts), tuple(starts), tuple(origins))


def _han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char == "§"


def _normal(token: str, known: frozenset[str]) -> str:
    """A token in the form the tables use: no apostrophes, no lengthening, common slips put right; decoration is dropped."""
    if token[0].isascii() and token[0].isalpha():
        return _word(re.sub("['’´`]", "", token), known)
    if token in table.NEUTRAL_SIGNS:
        return ""
    return "?" if token == "？" else token


@lru_cache(maxsize=4096)
def _word(word: str, known: frozenset[str]) -> str:
    if word in known:
        return word
    if (twice := re.fullmatch(r"(.{2,}?)\1+", word)) and twice.group(1) in known:
        return twice.group(1)
    single = re.sub(r"(.)\1{2,}", r"\1", word)
    for form in (single, re.sub(r"(.)\1{2,}", r"\1\1", word), re.sub(r"(.)\1+", r"\1", word)):
        if form in known and (len(form) > 1 or form in "kyn"):
            return form
    if len(word) >= 5:
        from rapidfuzz.distance import OSA

        for core in _CORE:
            if word[0] == core[0] and OSA.distance(word, core, score_cutoff=1) <= 1:
                return core
    return word


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    sources = (table.EXPLICIT_EN, table.SOFT_EN, table.POLITE_EN, table.ACKNOWLEDGED_EN, table.EXPLICIT_ZH, table.SOFT_ZH)
    return frozenset(re.findall("[a-z]+", " ".join(sources))) | {"no", "not", "n", "nah", "nope", "soon", "good", "too", "need", "all", "will", "keep", "off", "cannot", "been", "seen", "week", "see"}


Units = Mapping[str, tuple[tuple[str, State], ...]]


@lru_cache(maxsize=1)
def _units() -> Units:
    """All phrases by their first character (Chinese) or word, with what each says: (strength of consent, whether it only acknowledges)."""
    index: dict[str, dict[str, State]] = defaultdict(dict)
    groups: tuple[tuple[Iterable[str], State], ...] = (
        (table.POLITE_ZH.split(), (FILLER, False)),
        (_split(table.POLITE_EN), (FILLER, False)),
        (table.ACKNOWLEDGED_ZH.split(), (FILLER, True)),
        (_split(table.ACKNOWLEDGED_EN), (FILLER, True)),
        (table.SOFT_ZH.split(), (SOFT, False)),
        (_split(table.SOFT_EN), (SOFT, False)),
        (table.EXPLICIT_ZH.split(), (PLAIN, False)),
        (_split(table.EXPLICIT_EN), (PLAIN, False)),
        (table.YES_SIGNS, (PLAIN, False)),
    )
    for phrases, state in groups:
        for phrase in phrases:
            form = _spaced(phrase)
            index[_head(form)][form] = state
    return {head: tuple(found.items()) for head, found in index.items()}


def _split(text: str) -> list[str]:
    return [phrase for raw in text.replace("\n", "").split("|") if (phrase := raw.strip())]


def _spaced(phrase: str) -> str:
    """A phrase with its tokens set apart as `_prepared` does."""
    tokens = _TOKEN.findall(phrase)
    out = ""
    for token in tokens:
        out += ("" if not out or (_han(out[-1]) and _han(token[0])) else " ") + token
    return out


def _head(form: str) -> str:
    match = re.match(r"[a-z0-9]+", form)
    return match.group() if match else form[0]


@dataclass(frozen=True, slots=True)
class _Acts:
    """Expressions for doing what the preview would do: `plain` consents by itself, `bare` (the verb alone) only beside consent."""

    groups: frozenset[str]
    plain: re.Pattern[str]
    bare: re.Pattern[str]


@lru_cache(maxsize=64)
def _acts(act: str) -> _Acts:
    """The verbs that consent to `act`: those of the acts it names, its own first words, and the neutral ones."""
    title = plain(act)
    groups = frozenset(name for name, words in table.ACTS.items() if any(word in title for word in words.zh if len(word) > 1 or name in ("change", "return", "exchange")) or set(words.en) & set(re.findall("[a-z]+", title)))
    groups = groups or (frozenset() if act else frozenset({"change"}))
    zh = {word for name in groups for word in table.ACTS[name].zh}
    en = {word for name in groups for word in table.ACTS[name].en}
    objects_zh, objects_en = set(), set()
    for han in re.findall("[\u3400-\u9fff]{2,}", title)[:1]:
        verb = next((word for word in sorted(zh, key=len, reverse=True) if han.startswith(word)), han[:2])
        zh |= {han, verb}
        objects_zh = {rest for rest in (han[len(verb) :], han[len(verb) :][-2:]) if len(rest) > 1}
    for latin in [re.findall("[a-z]+", title)]:
        words = [word for word in latin if word not in ("a", "an", "the", "my", "your")]
        if words and len(words[0]) > 2:
            en.add(words[0])
            objects_en = {" ".join(words[1:]), words[-1]} if len(words) > 1 else set()
    return _Acts(groups, _act_pattern((zh, en), (objects_zh, objects_en)), _bare_pattern((zh, en), (objects_zh, objects_en)))


Pair = tuple[set[str], set[str]]


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _objects(objects: Pair) -> tuple[str, str]:
    """What may follow the verb: the order, what the preview shows, and what the act's own title names."""
    zh, en = objects
    named_zh = f"|{_any(zh)}" if zh else ""
    named_en = f"| (?:the |my )?(?:{_any(en)})" if en else ""
    return (
        rf"(?:(?:这个|该|此|本)?(?:订单|单|申请{named_zh})|它|[到成为]?§(?:这单|那单|号)?)?",
        rf"(?: (?:it|this|that|them|those|the order|my order|this order|that order|order §|the order §|the change|the request|§){named_en})?(?: (?:to|for|on|with) (?:the )?§)?",
    )


_BEGIN_ZH = (
    r"(?:(?:可以|同意|确认|确定|我同意|我确认|我确定|确认要|确定要|请|请你|请您|麻烦|麻烦你|麻烦您|请帮我|麻烦帮我|帮我|帮忙|给我|那就|那|就|直接|马上|现在|现在就|立即|立刻|尽快|请尽快|赶紧|赶快|快|就这么|就这样|那就这么|按这个|照这个|按此|按你说的|按您说的|没问题就|没事就|没事儿就|可以直接|你|您|你们|去|可以帮我|就给我|就帮我)+)"
)
_BEGIN_EN = r"(?:(?:please|pls|kindly|just|go ahead and|you can|you may|feel free to|lets|yes|ok|okay|sure|i want to|i want you to|id like to|id like you to|i would like to|we want to|do|i confirm to|i agree to|confirm to|ok to) )+"
_END_EN = r"(?: (?:now|please|pls|then|asap|right away|for me|for us|through|as shown|as proposed|accordingly|as discussed))*"


def _act_pattern(verbs: Pair, objects: Pair) -> re.Pattern[str]:
    zh, en = verbs
    object_zh, object_en = _objects(objects)
    every, neutral = _any(zh | set(table.NEUTRAL_ACT.zh)), _any(table.NEUTRAL_ACT.zh)
    english, neutral_en = _any(en | set(table.NEUTRAL_ACT.en)), _any(table.NEUTRAL_ACT.en)
    own_zh = _any(word for word in zh if word not in table.ACTS["change"].zh) or "(?!)"
    own_en = _any(word for word in en if word not in table.ACTS["change"].en) or "(?!)"
    return re.compile(
        rf"{_BEGIN_ZH}(?:{every})掉?{object_zh}(?:了吧|吧|呗|就行|就好|即可)?(?!一下|错|[了的吗么])|(?:{every})掉?{object_zh}(?:吧|呗|就行|就好)(?!一下)|{_BEGIN_ZH}(?:{neutral}){object_zh}一下吧?"
        rf"|可以(?:{every})了|我要(?:{own_zh})掉?{object_zh}(?![了的吗么一])"
        rf"|{_BEGIN_EN}(?:{english}){object_en}{_END_EN}(?= |$)|(?:{neutral_en}|{own_en}) (?:it|this|them|the order|the change|my order|order §|the order §|§){_END_EN}(?= |$)"
    )


def _bare_pattern(verbs: Pair, objects: Pair) -> re.Pattern[str]:
    zh, en = verbs
    object_zh, object_en = _objects(objects)
    chinese, english = _any(zh) or "(?!)", _any(en) or "(?!)"
    return re.compile(rf"(?:请|麻烦|麻烦你|麻烦您|帮我|麻烦帮我|请帮我)(?:{chinese}){object_zh}一下|(?:{chinese}){object_zh}(?![了一的错])|(?:{english}){object_en}{_END_EN}(?= |$)")


def _cover(message: _Text, acts: _Acts) -> list[frozenset[State]]:
    """For each token (and the end): the ways in which everything before it is consent, politeness or repetition."""
    form, count = message.form, len(message.starts)
    at_token = {start: index for index, start in enumerate(message.starts)}
    at_token[len(form)] = count
    reach: list[set[State]] = [set() for _ in range(count + 1)]
    reach[0].add((FILLER, False))
    units = _units()
    for index in range(count):
        if not reach[index]:
            continue
        start = message.starts[index]
        for end, (strength, acknowledged) in _steps(form, start, units, acts=acts):
            stop = at_token.get(end if end == len(form) or form[end] != " " else end + 1)
            if stop is not None:
                reach[stop] |= {(max(strength, before), acknowledged or seen) for before, seen in reach[index]}
    return [frozenset(states) for states in reach]


def _steps(form: str, start: int, units: Units, *, acts: _Acts) -> list[tuple[int, State]]:
    steps = [(start + len(phrase), state) for phrase, state in units.get(_head(form[start:]), ()) if form.startswith(phrase, start)]
    steps = [(end, state) for end, state in steps if end == len(form) or not (form[end - 1].isascii() and form[end].isalnum() and form[end].isascii())]
    for pattern, state in ((acts.plain, (PLAIN, False)), (_PART, (PLAIN, False)), (acts.bare, (FILLER, False))):
        match = pattern.match(form, start)
        if match and match.end() > start:
            steps.append((match.end(), state))
    return steps


def _is_yes(states: frozenset[State]) -> bool:
    return any(strength == PLAIN or (strength == SOFT and not acknowledged) for strength, acknowledged in states)


_NO = re.compile(f"{table.REFUSAL_ZH}|{table.REFUSAL_EN}|[{''.join(table.NO_SIGNS)}]")
_HEDGE = re.compile(f"{table.HEDGE_ZH}|{table.HEDGE_EN}")
_IDIOM = re.compile(r"\bno (?:problem|worries|rush|objections?|issues?)(?: at all)?\b|不客气|不用谢|不好意思|\bwhy not\b|\bim sorry\b")
_KEEP = re.compile(table.KEEP)
_CANCEL = re.compile(r"取消|撤单|\bcancel\b")


def _is_no(message: _Text, simple: str, slots: tuple[Slot, ...], *, shown: Shown | None, acts: _Acts, cancels: bool) -> bool:
    """A refusal without a question, a doubt or a new value. Where the preview `cancels` (or may), "cancel" is no refusal."""
    form = _IDIOM.sub(" ", message.form)
    if len(form) > _LONGEST or "?" in form or any(mark in form for mark in _QUOTES):
        return False
    found = [match for match in _NO.finditer(form) if not (cancels and _CANCEL.search(match.group()) and not re.search("不|别|dont|not", match.group()))]
    if not found or _HEDGE.search(form):
        return False
    if any(_is_yes(_cover(part, acts)[-1]) for clause in _CLAUSE.split(simple) if (part := _prepared(clause, [])).starts and not _NO.search(part.form)):
        return False
    keeps = bool(_KEEP.search(form))
    for slot in slots:
        if slot.name in _CHANGING and not keeps and not (shown is not None and _same(slot, shown)) and not _is_part_of_refusal(slot, simple):
            return False
        if slot.name == "order" and shown is not None and not _same(slot, shown):
            return False
    return True


def _is_part_of_refusal(slot: Slot, simple: str) -> bool:
    """不要15号: the value that is turned down, not one that is wished for."""
    return slot.name == "quantity" and isinstance(slot.value, Mapping) or bool(re.search(r"(?:不要|不|别|not|no)\s*(?:改?到?|the|on|to)?\s*$", simple[: slot.start]))


_ADDED = re.compile(rf"(?:{table.ADDED_ZH}|{table.ADDED_EN})")
_NOT_ADDED = re.compile(f"{table.NOT_ADDED_ZH}|{table.NOT_ADDED_EN}")


def _is_yes_plus(message: _Text, simple: str, slots: tuple[Slot, ...], *, shown: Shown | None, acts: _Acts) -> bool:
    """A plain yes first, then something that stands on its own and leaves what was previewed alone."""
    reach = _cover(message, acts)
    for index in range(len(message.starts) - 1, 0, -1):
        if not _is_yes(reach[index]):
            continue
        rest, origin = message.form[message.starts[index] :], message.origins[index]
        if any(mark in message.form[: message.starts[index]] for mark in ("?", *_QUOTES)):
            continue
        if not (_ADDED.match(rest) or _new_sentence(simple, origin, slots, shown=shown)):
            continue
        return len(rest.replace(" ", "")) > 3 and not _NOT_ADDED.search(rest) and _apart(rest, slots, origin, shown=shown)
    return False


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

"""What stands around dated atoms: agreement of weekday and date, anchors, ranges, corrections, choices, before and after; no expressions of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from assistant.understanding.dates_anchor import anchor
from assistant.understanding.dates_atoms import Atom, Scene, clause, make, monday

_DAYLIKE = ("date", "bare", "numeric")
_MERGE = re.compile(r"[\s,，.(（的是即]{0,2}(?:(?:on\s+)?the\s+|on\s+)?")
_ZH_RANGE = re.compile(r"\s?(?:当天|号|日)?\s?(?:到|至|~|-|–|—|——)\s?")
_ZH_AND = re.compile(r"\s?(?:和|与|跟)\s?")
_BETWEEN_END = re.compile(r"\s?(?:之间|中间|期间|这几天)")
_EN_RANGE = re.compile(r"\s*(?:-|–|—|~|to|through|thru|till|til|until|up to)\s*(?:the\s+)?(?:on\s+)?")
_EN_AND = re.compile(r"\s+and\s+(?:the\s+)?")
_EN_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$")
_EN_MOVE = re.compile(
    r"\b(?:mov(?:e|ed|ing)|push(?:ed)?|chang(?:e|ed|ing)|shift|reschedule|bring|brought|pull|postpone|delay|switch|swap|put|slide|amend|update)\b"
)
_TO = re.compile(r"\s*(?:->|→|=>|to|until|till)\s*(?:the\s+)?(?:on\s+)?")
_REPLACED = re.compile(r"(?:改|换|调|推|挪|延|提前|移|变|拖|顺延|推迟|更改|调整|延期|往后)\S{0,3}?(?:到|成|为|至|在)|->|→|=>")
_CORRECTION = re.compile(
    r"不对|不是|错了|打错|说错|写错|搞错|记错|弄错|更正|纠正|应该是|应为|哦不|噢不|算了|(?:^|[,，。!！\s])不[,，]|不不"
    r"|\b(?:no,? wait|wait|sorry|actually|i mean(?:t)?|scratch that|correction|rather|oops|no"
    r"|nope|my (?:mistake|bad)|on second thought|make (?:it|that)|or better|better|typo)\b"
)
_CHOICE = re.compile(r"\s*[,，]?\s*(?:或者?|或是|还是|要么|要不|、|/|or\s+(?:else\s+)?(?:maybe\s+|perhaps\s+|even\s+|on\s+|by\s+|the\s+)*)\s*(?:是|在)?")
_OLD_BEFORE = re.compile(
    r"(?:现在是|原来是?|原定于?|原本是?|本来是?|目前是?|之前是|原交期是?|原先是?|不是|而不是|instead of"
    r"|rather than|it's|it is|originally|initially|was|were|currently|now(?: at| on)?"
    r"|at present|not|old date(?: is)?)\s*(?:on\s+)?(?:the\s+)?(?:for\s+)?$"
)
_OLD_AFTER = re.compile(r"\s*(?:now|currently|at the moment|at present|originally|today we have)\b|的?(?:原定|原来|原交期)")
_NEG_BEFORE = re.compile(
    r"(?:不要|别|不想|(?<!能)不能|除了|不用|别在|不要在|don't\s+\w+\s+(?:it\s+)?(?:on"
    r"|by)|not\s+(?:on|by)?|except(?:\s+on)?|anything but)\s*(?:在\s*)?(?:the\s+)?$"
)
_NEG_AFTER = re.compile(
    r"\s*(?:不行|不方便|不可以|不要|没人|来不及|收不了|不上班|休息|太晚|太早|太迟)(?!吗|么|嘛|[?？])"
    r"|\s*(?:(?:does|do|will|would)n't\s+(?:work|suit|do)|won't\s+work|is\s+(?:no\s+good|not\s+possible|too\s+(?:late|early)|out)|isn't\s+(?:possible|good))\b"
)
_ZH_BEFORE = re.compile(
    r"(?:节|假期|放假|长假|假|那天)?(?:"
    r"(?P<inc>截止|为止|\(含\)\s?(?:之|以)?前|(?:之|以)?前\(?含|(?:及|或)(?:之|以)?前|\s?(?:早上|上午|中午|下午|晚上|下班)(?:之|以)?前"
    r"|\s?(?:早上|上午|中午|下午|晚上)?\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[点:时](?:\d{2}分?|半|整)?(?:钟)?(?:之|以)?前)"
    r"|(?:之前|以前|前)(?!台|面|方|提|往|后|一))"
)
_ZH_AFTER = re.compile(
    r"(?:节|假期|放假|长假|假|那天|结束)?(?:(?P<inc>(?:当天)?起|开始|往后|及(?:之|以)?后|或(?:之|以)?后)|(?:之后|以后|过后|过了|过完|后)(?!面|台|天|续|来|悔|退|半))"
)
_ZH_PRE_BEFORE = re.compile(
    r"(?:最晚|最迟|至迟|不晚于|不迟于|不能晚于|别晚于|不要晚于|不得晚于|晚不过|不超过|别超过|不能超过|截至|截止到?|赶在)\s?也?(?:到|在|是|要|得|不超过|不能超过)?$"
)
_ZH_PRE_AFTER = re.compile(r"(?:最早|最快|不早于|不能早于|别早于|不要早于|不得早于|早不过)\s?也?(?:到|在|是|要|得)?$")
_ZH_PAST_IT = re.compile(r"(?:过了|过完|等过)$")
_LEAD = (
    r"\s+(?:the\s+)?(?:(?:end\s+of\s+(?:the\s+)?(?:business\s+)?day|eod|cob|close\s+of\s+business|noon|\d{1,2}\s?[ap]m)\s+(?:on\s+)?)?(?:on\s+)?(?:the\s+)?$"
)
_EN_PRE = (
    (re.compile(r"\b(?:no(?:t)? (?:any )?(?:earlier|sooner) than|not (?:before|until|till)|\w+n't \w+(?: \w+)? (?:before|until|till)|on or after|after or on"
        r"|starting(?: from| on)?|beginning|as (?:of|from)|earliest(?: is)?|effective|since)" + _LEAD), "after", True),
    (re.compile(r"\b(?:later than(?<!no later than)(?<!not later than)|(?<!the day )(?<!the week )(?<!the month )(?<!not )after"
        r"|past)" + _LEAD), "after", False),
    (re.compile(r"\b(?:no(?:t)? (?:any )?later than|on or before|before or on|not (?:after|past)|(?:at the )?latest(?: is"
        r"| by)?|by|until|till|til|through|up to(?: and including)?|deadline(?: is| of)?|due)" + _LEAD), "before", True),
    (re.compile(r"\b(?:(?<!the day )(?<!the week )(?<!not )(?:before|prior to|ahead of)|earlier than(?<!no earlier than)(?<!not earlier than)"
        r"|sooner than(?<!no sooner than))" + _LEAD), "before", False),
)  # fmt: skip
_HOUR = re.compile(r"\d\s?[ap]m|noon|eod|cob|close|day\b")  # before 3 pm tomorrow is still tomorrow
_EN_POST = (
    (re.compile(r"\s*(?:at\s+(?:the\s+)?(?:very\s+)?latest|or\s+(?:before|earlier|sooner)|latest\b|tops\b)"), "before", True),
    (
        re.compile(r"\s*(?:at\s+(?:the\s+)?(?:very\s+)?earliest|or\s+(?:after|later)|onwards?\b|on(?=\s*(?:$|[.,;!?]))|and\s+(?:after|later)|earliest\b)"),
        "after",
        True,
    ),
)


def combine(found: Sequence[Atom], scene: Scene) -> list[Atom]:
    """The atoms as meant in their message, in order."""
    atoms = list(found)
    for step in (_merge, anchor, _span, _replace, _drop, _choose, _limit):
        atoms = step(atoms, scene)
    return atoms


def _pairs(atoms: list[Atom], scene: Scene, join: Callable[[Atom, Atom, str], tuple[Atom, ...] | None]) -> list[Atom]:
    """Fold neighbours with `join(left, right, text between)`, which returns what replaces them or None."""
    done: list[Atom] = []
    for atom in atoms:
        if done and (joined := join(done[-1], atom, scene.text[done[-1].end : atom.start])) is not None:
            done[-1:] = joined
        else:
            done.append(atom)
    return done


def _merge(atoms: list[Atom], scene: Scene) -> list[Atom]:
    """Friday June 26, 6月24日(周三): one date when they agree, a choice when they do not; next week + Wednesday: the day in that week."""

    def join(left: Atom, right: Atom, between: str) -> tuple[Atom, ...] | None:
        if not left.dated or not right.dated or left.limit or right.limit or not _MERGE.fullmatch(between):
            return None
        end = right.end + (scene.text[right.end : right.end + 1] in (")", "）") and between.strip()[:1] in ("(", "（"))
        if left.form in ("week", "month") and right.form in ("weekday", *_DAYLIKE):
            return _within(left, right, end)
        kinds = {left.form, right.form}
        if left.form == right.form or not kinds <= {"weekday", "relative", *_DAYLIKE} or len(kinds & set(_DAYLIKE)) > 1:
            return None
        one = _agreed(left, right, end)
        return None if one.form == "choice" and re.search("[,，.]", between) else (one,)

    return _pairs(atoms, scene, join)


def _within(week: Atom, day: Atom, end: int) -> tuple[Atom, ...] | None:
    first, last = week.at, week.last or week.at
    if day.form == "weekday":
        at = first + timedelta(days=day.at.weekday())
        return (Atom(week.start, end, "relative", at, at),) if week.form == "week" else None
    at = make(first.year, first.month, day.at.day) or day.at if day.form == "bare" else day.at
    return (Atom(week.start, end, "date", at, at),) if first <= at <= last else None


def _agreed(left: Atom, right: Atom, end: int) -> Atom:
    dated, other = (
        (left, right) if left.form in _DAYLIKE else (right, left) if right.form in _DAYLIKE else (left, right) if right.form == "weekday" else (right, left)
    )
    if dated.at == other.at or ((other.form == "weekday" or other.others) and dated.at.weekday() == other.at.weekday()):
        return Atom(left.start, end, "date", dated.at, dated.at)
    second = monday(dated.at) + timedelta(days=other.at.weekday()) if other.form == "weekday" else other.at
    first, last = (dated.at, second) if dated is left else (second, dated.at)
    return Atom(left.start, end, "choice", first, first, others=(last,))


def _inherit(right: Atom, left: Atom) -> Atom:
    """A day of the month or weekday said after another date belongs to it: 8月15,不对,16号 is 16 August; 下周五,不对,周三 is 下周三."""
    if right.form == "bare" and left.form in ("date", "bare", "numeric", "relative"):
        day = make(left.at.year, left.at.month, right.at.day)
        return replace(right, first=day, last=day, form="date") if day else right
    if right.form == "weekday" and left.form == "relative":
        day = monday(left.at) + timedelta(days=right.at.weekday())
        return replace(right, first=day, last=day) if day >= right.at else right
    return right


def _span(atoms: list[Atom], scene: Scene) -> list[Atom]:
    """From … to …, between … and …, 从…到…; after a verb of moving the first date is the old one."""

    def join(left: Atom, right: Atom, between: str) -> tuple[Atom, ...] | None:
        if not left.dated or not right.dated or "choice" in (left.form, right.form) or left.limit or right.limit:
            return None
        lead = clause(scene.text, left.start, left.start)[: max(0, left.start)]
        lead = scene.text[max(0, left.start - 60) : left.start] if lead else ""
        if _TO.fullmatch(between) and _EN_MOVE.search(lead) and not _EN_BETWEEN.search(lead):
            return (replace(_inherit(right, left), start=right.start),)
        either = _ZH_RANGE.fullmatch(between) or _EN_RANGE.fullmatch(between)
        both = (_ZH_AND.fullmatch(between) and _BETWEEN_END.match(scene.text, right.end)) or (_EN_AND.fullmatch(between) and _EN_BETWEEN.search(lead))
        if not either and not both:
            return None
        right = _inherit(right, left)
        if left.form == "bare" and right.form == "date" and (day := make(right.at.year, right.at.month, left.at.day)) and day < right.at:
            left = replace(left, first=day, last=day)
        first, last = left.at, right.last or right.at
        if right.form == "weekday":
            last = first + timedelta(days=(last.weekday() - first.weekday() - 1) % 7 + 1)
        tail = _BETWEEN_END.match(scene.text, right.end)
        return (Atom(left.start, tail.end() if tail else right.end, "range", first, last),) if first < last else None

    return _pairs(atoms, scene, join)


def _replace(atoms: list[Atom], scene: Scene) -> list[Atom]:
    """6月15,不对,16号: what is corrected goes, what is said last stays."""

    def join(left: Atom, right: Atom, between: str) -> tuple[Atom, ...] | None:
        if left.form == "shift" or right.form == "shift" or len(between) > 40:
            return None
        if _CORRECTION.search(between) or _REPLACED.search(between):
            return (_inherit(right, left) if left.dated and right.dated else right,)
        return None

    return _pairs(atoms, scene, join)


def _drop(atoms: list[Atom], scene: Scene) -> list[Atom]:
    """Dates that are refused (Friday doesn't work) go; the present date (it's June 10 now) goes when a wished one is there."""
    kept = [
        atom
        for atom in atoms
        if atom.form == "shift" or not (_NEG_AFTER.match(scene.text, atom.end) or (_NEG_BEFORE.search(scene.text[max(0, atom.start - 24) : atom.start])))
    ]
    old = [atom for atom in kept if _OLD_BEFORE.search(scene.text[max(0, atom.start - 24) : atom.start]) or _OLD_AFTER.match(scene.text, atom.end)]
    wished = [atom for atom in kept if atom not in old]
    return wished if any(atom.dated or atom.form in ("shift", "impossible") for atom in wished) else kept


def _choose(atoms: list[Atom], scene: Scene) -> list[Atom]:
    """15号或者16号: both, to be asked."""

    def join(left: Atom, right: Atom, between: str) -> tuple[Atom, ...] | None:
        if not left.dated or not right.dated or not _CHOICE.fullmatch(between) or left.first != left.last or right.first != right.last:
            return None
        right = _inherit(right, left)
        if left.form == right.form == "weekday" and right.at.weekday() > left.at.weekday():
            day = monday(left.at) + timedelta(days=right.at.weekday())  # Monday or Tuesday stay in one week
            right = replace(right, first=day, last=day)
        others = tuple(day for day in (*left.others, right.at, *right.others) if day != left.at)
        return (Atom(left.start, right.end, "choice", left.at, left.at, others=others),) if others else (left,)

    return _pairs(atoms, scene, join)


def _limit(atoms: list[Atom], scene: Scene) -> list[Atom]:
    return [_limited(atom, scene) if atom.dated and not atom.limit and atom.form not in ("choice", "range") else atom for atom in atoms]


def _limited(atom: Atom, scene: Scene) -> Atom:
    text = scene.text
    before = text[max(0, atom.start - 48) : atom.start]
    early, late = _ZH_PRE_BEFORE.search(before), _ZH_PRE_AFTER.search(before)
    suffix = _ZH_BEFORE.match(text, atom.end)
    if early or suffix:
        inclusive = bool((early and not before.rstrip().endswith("赶在")) or (suffix and suffix["inc"]))
        return replace(atom, start=atom.start, end=suffix.end() if suffix else atom.end, limit="before", inclusive=inclusive)
    if late or _ZH_PAST_IT.search(before):
        return replace(atom, limit="after", inclusive=bool(late))
    if suffix := _ZH_AFTER.match(text, atom.end):
        return replace(atom, end=suffix.end(), limit="after", inclusive=bool(suffix["inc"]))
    for pattern, direction, inclusive in _EN_POST:
        if match := pattern.match(text, atom.end):
            return replace(atom, end=match.end(), limit="before" if direction == "before" else "after", inclusive=inclusive)
    for pattern, direction, inclusive in _EN_PRE:
        if match := pattern.search(before):
            inclusive = inclusive or (direction == "before" and bool(_HOUR.search(match.group())))
            return replace(atom, limit="before" if direction == "before" else "after", inclusive=inclusive)
    return atom

"""What limits a date: before, by, until, after, from on, at the latest, in words around it; no dates of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.understanding.dates_atoms import Atom, Direction, Scene, clause
from assistant.understanding.dates_table import BUSINESS_END, MOVES

_ZH_BEFORE = re.compile(
    r"(?:节|假期|放假|长假|假|那天)?(?:"
    r"(?P<inc>截止|为止|\s?(?:最晚|最迟)(?=$|[,，。!！?？了吧])|\((?:包?含|包括)(?:当[天日])?\)\s?(?:之|以)?前|(?:之|以)?前\(?含|(?:及|或)(?:之|以)?前|\s?(?:早上|上午|中午|下午|晚上|下班)(?:之|以)?前"
    r"|\s?(?:早上|上午|中午|下午|晚上)?\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[点:时](?:\d{2}分?|半|整)?(?:钟)?(?:之|以)?前)"
    r"|(?:之前|以前|前(?!台|面|方|提|往|后|一|半|几)))"
)
_ZH_AFTER = re.compile(
    r"(?:节|假期|放假|长假|假|那天|结束)?(?:(?P<inc>\s?最早(?=$|[,，。!！?？了吧])|\((?:包?含|包括)(?:当[天日])?\)\s?(?:之|以)?后|(?:当天)?起|开始(?:往后)?|往后|及(?:之|以)?后|或(?:之|以)?后)|(?P<home>回来(?:之?后|以后)?)|(?:之后|以后|过后|过了|过完|后)(?!面|台|天|续|来|悔|退|半))"
)
_ZH_NOT_THEN = re.compile(
    r"\s*(?:我们|我司|这边|仓库|厂里|工厂)?(?:都|也|就|请)?(?:先?不要|先?别|不用|不能|不方便|收不了|没人|没空|没法|无法|不收|不行|不可以|不在|来不及)"
    r"(?![^,，。]{0,5}(?:吗|么|[?？]))"
)
_ZH_PRE_BEFORE = re.compile(
    r"(?:最晚|最迟|至迟|不晚于|不迟于|不能晚于|别晚于|不要晚于|不得晚于|晚不过|不超过|(?:别|不能|不要|不可|不得)(?:超过|拖过|过)|截至|截止到?|赶在)\s?也?(?:到|在|是|要|得|不超过|不能超过)?$"
)
_ZH_PRE_AFTER = re.compile(r"(?:最早|最快|不早于|不能早于|别早于|不要早于|不得早于|早不过)\s?也?(?:到|在|是|要|得)?$")
_ZH_PAST_IT = re.compile(r"(?:过了|过完|等过)$")
_LEAD = (
    rf"\s+(?:the\s+)?(?:(?:{BUSINESS_END}|start\s+of\s+(?:business|play|(?:the\s+)?day)|noon|midday|midnight|lunch(?:time)?|first\s+thing|early|late|(?:the\s+)?(?:morning|afternoon|evening)"
    r"|\d{1,2}(?::\d\d(?:\s?[ap]m)?|\s?(?:[ap]m|o'clock)))\s+(?:on\s+|of\s+)?)?(?:on\s+)?(?:the\s+)?$"
)
_EN_WORDS: tuple[tuple[str, Direction, bool], ...] = (
    (
        r"no(?:t)? (?:any )?(?:earlier|sooner) than|not (?:\w+ ){0,2}(?:before|until|till)|\w+n't \w+(?: \w+)? (?:before|until|till)|on or after"
        r"|after or on|starting(?: from| on)?|beginning|as (?:of|from)|earliest(?: is)?|effective|since|from",
        "after",
        True,
    ),
    (r"later than(?<!no later than)(?<!not later than)|(?<!the day )(?<!the week )(?<!the month )(?<!not )after|past", "after", False),
    (
        r"no(?:t)? (?:any )?later than|on or before|before or on|not (?:after|past)|(?:at the )?latest(?: is| by)?|by|until|till|til|through"
        r"|(?:between|from) now (?:and|until|till|to)|up to(?: and including)?|deadline(?: is| of)?|due",
        "before",
        True,
    ),
    (
        r"(?<!the day )(?<!the week )(?<!not )(?:before|prior to|ahead of)|earlier than(?<!no earlier than)(?<!not earlier than)"
        r"|sooner than(?<!no sooner than)",
        "before",
        False,
    ),
)
_EN_PRE = tuple((re.compile(rf"\b(?:{words}){_LEAD}"), direction, inclusive) for words, direction, inclusive in _EN_WORDS)
_HOUR = re.compile(rf"\d\s?[ap]m|noon|midday|o'clock|\d:\d|lunch|start\s+of|{BUSINESS_END}")  # before 3 pm tomorrow is still tomorrow
_EN_POST: tuple[tuple[re.Pattern[str], Direction, bool], ...] = (
    (re.compile(r"\s*(?:at\s+(?:the\s+)?(?:very\s+)?latest|or\s+(?:before|earlier|sooner)|latest\b|tops\b)"), "before", True),
    (
        re.compile(
            r"\s*(?:at\s+(?:the\s+)?(?:very\s+)?earliest|or\s+(?:any\s?time\s+)?(?:after|later|thereafter|beyond)|onwards?\b"
            r"|on(?=\s*(?:$|[.,;!?]))|and\s+(?:after|later)|earliest\b)"
        ),
        "after",
        True,
    ),
)
_AGAIN = re.compile(r"[(（,，]\s?(?P<not>不)?(?:包?含|包括)$")
_OPEN_FROM = re.compile(
    r"(?:^|[,.;:!?]|\b(?:and|any|day|time|anything|available|ready|open|free|possible|works?|working|ok|okay|fine|deliver|delivery|receive|here|back|it|them))\s*$"
)
_UNTIL = re.compile(r"\b(?:until|till|til)\b")
# what waits until a day happens from it on; what is moved until a day is moved to it
_HELD = re.compile(
    r"\b(?:hold|holding|wait|park|keep|store|closed|shut|away|unavailable|nobody|no ?one|never|can't|cannot|won't|isn't|aren't|out of (?:the )?office|not)\b"
)
_MOVED = re.compile(MOVES)


def limit(atoms: list[Atom], scene: Scene) -> list[Atom]:
    """The atoms with their limits; a day said again in brackets (15号前(含15号)) only tells whether the limit takes it in."""
    done: list[Atom] = []
    for atom in _all_limited(atoms, scene):
        said = _AGAIN.search(scene.text[max(0, atom.start - 6) : atom.start])
        if said and done and done[-1].limit and atom.dated and atom.at == done[-1].at:
            done[-1] = replace(done[-1], inclusive=not said["not"], end=atom.end)
        else:
            done.append(atom)
    return done


def _all_limited(atoms: list[Atom], scene: Scene) -> list[Atom]:
    return [_limited(atom, scene) if atom.dated and not atom.limit and atom.form not in ("choice", "range") else atom for atom in atoms]


def _limited(atom: Atom, scene: Scene) -> Atom:
    text = scene.text
    before = text[max(0, atom.start - 48) : atom.start]
    early, late = _ZH_PRE_BEFORE.search(before), _ZH_PRE_AFTER.search(before)
    suffix = _ZH_BEFORE.match(text, atom.end)
    if early or suffix:
        inclusive = atom.form == "end" or bool((early and not before.rstrip().endswith("赶在")) or (suffix and suffix["inc"]))
        if suffix and _ZH_NOT_THEN.match(text, suffix.end()):
            return replace(atom, end=suffix.end(), limit="after", inclusive=not inclusive)  # 20号之前不要送
        return replace(atom, end=suffix.end() if suffix else atom.end, limit="before", inclusive=inclusive)
    if late or _ZH_PAST_IT.search(before):
        return replace(atom, limit="after", inclusive=bool(late))
    if (suffix := _ZH_AFTER.match(text, atom.end)) and (atom.form == "holiday" or not suffix["home"]):
        if _ZH_NOT_THEN.match(text, suffix.end()):
            return replace(atom, end=suffix.end(), limit="before", inclusive=not suffix["inc"])  # 20号以后不行
        return replace(atom, end=suffix.end(), limit="after", inclusive=bool(suffix["inc"]))
    for pattern, direction, inclusive in _EN_POST:
        if match := pattern.match(text, atom.end):
            return replace(atom, end=match.end(), limit=direction, inclusive=inclusive)
    for pattern, direction, inclusive in _EN_PRE:
        if match := pattern.search(before):
            if match.group().startswith("from") and (atom.at < scene.today or not _OPEN_FROM.search(before[: match.start()])):
                continue  # the order from last week, moved from the 10th
            inclusive = inclusive or (direction == "before" and (atom.form == "end" or bool(_HOUR.search(match.group()))))
            if _UNTIL.search(match.group()):
                around = clause(text, atom.start, atom.end)
                if _HELD.search(around):
                    return replace(atom, limit="after", inclusive=True)
                if _MOVED.search(around):
                    return atom
            if match.group().startswith("by") and atom.form in ("month", "span", "year") and atom.last and (atom.last - atom.at).days > 25:
                atom = replace(atom, last=atom.first)  # by July is by its first day
            return replace(atom, limit=direction, inclusive=inclusive)
    return atom

"""What stands around dated atoms: agreement of weekday and date, anchors, ranges, corrections, choices; no expressions of its own and no limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from assistant.understanding.dates.again import enclose, next_one, remark, restate, same_day_months_on
from assistant.understanding.dates.anchor import anchor
from assistant.understanding.dates.atoms import Atom, Scene, clause, make, monday
from assistant.understanding.dates.limits import limit
from assistant.understanding.dates.narrow import narrow
from assistant.understanding.dates.onward import counted
from assistant.understanding.dates.table import BUSINESS_END, MOVES

_DAYLIKE = ("date", "bare", "numeric", "end")
_MERGE = re.compile(r"[\s,，.(（的是即]{0,2}(?:(?:on\s+)?the\s+|on\s+)?")
_ZH_RANGE = re.compile(r"\s?(?:当天|号|日)?\s?(?:到|至|~|-|–|—|——)\s?")
_ZH_AND = re.compile(r"\s?(?:和|与|跟)\s?")
_BETWEEN_END = re.compile(r"\s?(?:之间|中间|期间|这几天)")
_EN_RANGE = re.compile(r"\s*(?:-|–|—|~|to|through|thru|till|til|until|up to)\s*(?:the\s+)?(?:on\s+)?")
_EN_AND = re.compile(r"\s+and\s+(?:the\s+)?")
_EN_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$")
_EN_MOVE = re.compile(MOVES)
_TO = re.compile(r"\s*(?:->|→|=>|to|until|till)\s*(?:the\s+)?(?:on\s+)?")
_REPLACED = re.compile(r"(?:改|换|调|推|挪|延|提前|移|变|拖|顺延|推迟|更改|调整|延期|往后)\S{0,3}?(?:到|成|为|至|在)|->|→|=>")
_ANOTHER = re.compile(r"\d{4}")  # 12345改到15号,12346改到16号: two orders, no correction
_CORRECTION = re.compile(
    r"不对|不是|错了|打错|说错|写错|搞错|记错|弄错|更正|纠正|应该是|应为|哦不|噢不|算了|改主意|变卦|口误|笔误|手误|手滑|嘴瓢|呃|额,|啊不|其实是?|才对|(?:^|[,，。!！?？\s])不[,，]|不不"
    r"|\b(?:no,? wait|wait|sorry|actually|i mean|meant(?:\s+to\s+(?:say|write|type|put))?|should\s+(?:be|read|say|have\s+(?:been|said"
    r"|read))(?=\s+(?:on\s+)?(?:the\s+)?$)|er|erm|uh|um|hm+|slip(?:\s+of\s+the\s+\w+)?|hang\s+on|hold\s+on|scratch that|correction|rather|oops"
    r"|no(?!\s+(?:later|earlier|sooner|more|less|other|problem|matter|need))"
    r"|nope|my (?:mistake|bad)|on second thought|make (?:it|that)|or better|better|typo)\b"
)
_SLIP_AFTER = re.compile(
    r"[吧啊\s,，。.…]*(?:刚才|刚刚|前面|上面|之前|我)*(?:是)?(?:口误|笔误|手误|手滑|嘴瓢|说错|打错|写错|记错|搞错|才对|才是)"
    r"|[\s,.;\-–—]*(?:(?:that\s+was\s+)?(?:a\s+)?(?:slip\s+of|typo|my\s+(?:mistake|bad|error))|sorry)\b"
)
_SAID = re.compile(
    r"(?:刚才?|刚刚|之前|先前|早先|上次|昨天|原来|原先|起初|前面|上回)(?:我们?|你们)?(?:说|讲|写|报|给|发|提|填|定|约|订)(?:好|过|了)?的?(?:是|日期是?|交期是?)?$"
    r"|\b(?:mail|e-?mail|message|letter|form|note|request|fax|order|po)\s+(?:said|says|had|showed|stated|read)\s+(?:on\s+|for\s+)?(?:the\s+)?$"
    r"|\b(?:i|we)\s+(?:had\s+)?(?:said|told\s+you|wrote|asked\s+for|agreed(?:\s+on)?|mentioned|put)\s+(?:it\s+was\s+)?(?:on\s+|for\s+)?(?:the\s+)?$"
)
_NOW = re.compile(r"现在|其实|错|有误|\b(?:wrong|incorrect|mistake)\b|实际|改|换|应该|该是|而是|\b(?:but|now|actually|instead|make|should)\b")
_CHOICE = re.compile(
    r"\s*(?:上午|下午|早上|晚上|中午|morning|afternoon|evening|[ap]m)?[,，]?\s*(?:或者?|或是|还是|要么|要不|、|/|or,?\s+(?:else\s+)?"
    r"(?:(?:failing\s+that|if\s+not|otherwise|alternatively),?\s+)?(?:maybe\s+|perhaps\s+|even\s+|on\s+|by\s+|the\s+)*)\s*(?:是|在)?"
    r"|\s*[,，。.;；]\s*(?:实在)?(?:不行|不然|否则|要不然?|来不及|没空|没车)(?:的话)?[,，]?(?:就|那就|那|改)?\s*"
    r"|\s*[.;,]\s*(?:and\s+)?(?:if\s+(?:not|that\s+(?:doesn't\s+work|is\s+not\s+possible|fails))|otherwise|failing\s+that|or\s+else|alternatively),?\s+(?:then\s+)?(?:on\s+|by\s+|maybe\s+)?(?:the\s+)?"
)
_ALSO_LEFT = re.compile(
    r"\s*(?:也|都)?(?:行|可以|ok|可|能行|没问题)[,，、]\s*|\s*(?:works|is\s+(?:fine|ok|okay|good)|(?:would|will)\s+(?:do|work|suit))\s*[,;]?\s*(?:and\s+|but\s+)?(?:so\s+(?:does|is)\s+)?(?:the\s+)?"
)
_ALL_FINE = re.compile(r"(?:两天)?(?:都|均|哪天|任选|任意)")
_ALSO_RIGHT = re.compile(r"\s*(?:也|都)(?:行|可以|ok|可|好|没问题|成)|\s*(?:(?:works|is\s+\w+|(?:would|will)\s+\w+),?\s+)?(?:too|as\s+well|also)\b")
_SET = r"(?:due|scheduled|planned|promised|set|booked|confirmed|down|showing)"
_OLD_BEFORE = re.compile(
    r"(?:现在是|原来是?|原定[于在]?|原本是?|本来是?|目前是?|之前是|原交期是?|原先是?|不是|而不是|原计划是?"
    r"|(?:撤回|撤销|作废|废掉|废除|取消|放弃|推翻)(?:掉|了)?(?:原来的?|之前的?|原定的?)?"
    r"|\b(?:(?:cancel(?:l?ed)?|drop(?:ped)?|deleted?|withdraw[ns]?|withdrew|lose|replaced?|swap|exchange|substitute|never\s+mind|disregard|ignore|forget|scrap)"
    r"(?:\s+(?:my|our|the|that|your))?(?:\s+(?:earlier|old|previous|first|original|former|initial))?(?:\s+(?:date|request|delivery|slot)(?:\s+(?:of|for|on))?)?|"
    r"(?:dated|placed|purchased|signed|created|submitted)(?:\s+back)?|instead of|rather than|(?<!if )(?<!why )not|old date(?: is)?"
    rf"|(?:it's|it is|was|were|originally|initially|currently|still|at present)(?:\s+(?:originally|initially|currently|still|now|at present))*(?:\s+{_SET})?"
    rf"|(?:is|are|now)(?:\s+(?:originally|initially|currently|still|now))*\s+{_SET}|(?:is|are)\s+(?:currently|still|now)|now\s+(?:at|on|for))"
    r"\s*(?:on|for|at|as|by)?\s*(?:the\s+)?(?:for\s+)?)$"
)
_JOINED = re.compile(r"\s*(?:和|与|及|以及|、|&|and\b)")  # 取消6月8日和6月15日的送货: two days alike
_OLD_AFTER = re.compile(
    r"\s*(?:was|is)\s+(?:the\s+|our\s+)?(?:old|original|previous|current|existing)\b"
    r"|\s*(?:(?:date|one|slot|delivery)\s+)?(?:(?:is|was|are|has\s+been|'s|is\s+now)\s+(?:void|dead|off|cancell?ed|out|gone|obsolete|history|scrapped|withdrawn|invalid|superseded|no\s+longer\s+\w+|not\s+valid|(?:a\s+)?(?:mistake|typo|wrong|incorrect|error|an\s+error|misprint))|no\s+longer\s+\w+"
    r"|(?:doesn't|does\s+not|won't)\s+(?:stand|count|apply|hold)|fell\s+through)\b"
    r"|(?:那个|这个|那天)?的?(?:日期|交期|日子|时间|安排)?(?:就|都|已经?|也|现在)?(?:作废|取消|撤销|撤回|不算数?|无效|废掉?了?|作罢|不作数|不作准|过时|推翻|划掉|有误|(?:是|写|填|说|搞|弄|记|打)?错(?:的|了|误)?|不用了|不要了|免了|pass)(?!的?(?:订单|单子))"
    r"|\s*(?:now|currently|at the moment|at present|originally|today we have)\b|的?(?:原定|原来|原交期)"
)
_NEG_BEFORE = re.compile(
    r"(?:(?<![分特类级区])(?:别|不要?|不用|不再|无需|甭|勿)(?:再)?(?:按照?|照着?|以|依|用|走|选|定|管)(?:原来的?|之前的?)?|(?<!是)不是|(?<!要)不要|(?<![分特类级区])别|不想|(?<!能)不能|除了|(?<![删解清拆])除|不用|别在|不要在|避开"
    r"|\b(?:don't\s+\w+\s+(?:it\s+)?(?:on|by)|(?<!if )(?<!why )not\s+(?:on|by)?|(?:except|excluding|bar)(?:\s+(?:on|for))?|other than|apart from|avoid"
    r"|(?:anything|any (?:week|work|working |business )?day|every day|all days) but|scratch|forget|never mind|skip|ignore|strike|void|scrap|ditch"
    r"|disregard|discard"
    r"|(?<!if you )(?<!if we )(?<!if they )(?:can't|cannot|can\s+not|couldn't|unable\s+to)\s+(?:do|make|manage|have)(?:\s+it)?(?:\s+on)?"
    r"|(?:don't|do\s+not|no\s+longer|stop)\s+(?:go(?:ing)?\s+(?:by|with)|us(?:e|ing)|work(?:ing)?\s+(?:to|with)|plan(?:ning)?\s+(?:on|for)|book(?:ing)?)"
    r"|(?:is|are|be|we're|they're)\s+(?:shut|closed|off|away|out)(?:\s+(?:on|for))?|no\s+\w+(?:\s+\w+)?\s+on"
    r"|(?:can't|cannot|won't|don't)\s+(?!you\b|we\b)\w+(?:\s+\w+)?\s+on"
    r"|(?:nobody|no[ -]?one|(?:can't|cannot|unable\s+to|won't\s+be\s+able\s+to)\s+(?:receive|accept|take|unload|store))\b"
    r"(?:\s+(?!before|until|till|after|by|earlier)\w+){0,6}?(?:\s+on|\s+between)?))\s*(?:在\s*)?(?:the\s+)?$"
)
_ASKED = re.compile(r"的?(?:吗|么|嘛|[?？])")  # 不是15号吗 still says the 15th
_NEG_AFTER = re.compile(
    r"\s*(?:(?:期间|当天|那天)?(?:都|全|也)?(?:我们|我司|这边|仓库|厂里|工厂)?"
    r"(?:不行|不方便|不可以|不要|没人|没有人|来不及|收不了|不收|不上班|不营业|不办公|不开门|不接货|放假|盘点|盘库|停产|检修|休息|除外|以外|太晚|太早|太迟|不算数?|不作数|不作准|作罢)"
    r"|(?:那个|这个|那天)?的?(?:日期|交期|日子|时间|安排)?(?:就|都|已经?|也|现在)?(?:作废|无效|废掉?了|不算数?|不作数|作罢)(?!吗|么|的?话)"
    r"|(?!(?:之|以)?[前后])[^,，。;；!！?？\d]{0,8}?(?:收不了|卸不了|接不了|停电|停产|停止收货|盘点|盘库|放假|没人))(?!吗|么|嘛|[?？]|的?话|[前后之以期])"
    r"|\s*(?:(?:does|do|did|will|would)n't\s+(?:work|suit|do|fit)|won't\s+(?:work|do)|is\s+(?:no\s+good|bad|not\s+(?:good|possible|on)|too\s+(?:late|early|soon)|out|off)"
    r"|isn't\s+(?:possible|good|an\s+option)|(?:we're|we\s+are)\s+closed|(?:is|'s|are)\s+(?:now\s+)?(?:void|dead|scrapped|obsolete|no\s+longer\s+(?:valid|possible|good|on))|no\s+longer\s+(?:stands|applies|holds|works|counts)|doesn't\s+(?:stand|count|apply|hold))\b"
)
_REFUSED = re.compile(r"\s*的?[,，(]?\s*(?:而?不是|而非|并非|and\s+not|not|rather\s+than|instead\s+of|over)\s*(?:on\s+)?(?:the\s+)?")
_ZH_OFF_BEFORE = re.compile(r"(?:把|将|从)(?:#?\d{4,}(?:号?订?单)?的?)?(?:原来的?|原定的?)?$")
_ZH_OFF_AFTER = re.compile(
    r"的?(?:那[批单个])?(?:交货|送货|发货|到货)?(?:交期|日期|期|时间|订单|单子|货)?(?:往[前后])?(?:改|调|推|延|提前|挪|换|取消)(?!.{0,3}[到成为至在])"
)
_HOURS_AFTER = re.compile(r"\s*(?:的|每天|,|from)?\s*(?:早上|上午|早|全天)?\s*(?:\d{1,2}\s?(?:点|:|时|[ap]m|-|–|to\b)|都?(?:上班|营业|办公)|shift)")
_HOURS_BEFORE = re.compile(
    r"(?:上班|营业|收货时间|工作时间|作息)[\s:：是为,]*$|\b(?:hours?|open|dock|receiving|office|business days|every week|weekly|we work|we receive)"
    r"(?:\s+(?:hours?|is|are|from|open|on|times?|window|only|to|until|\d{1,2}(?::\d\d)?\s?(?:[ap]m)?|-|–))*[\s:,]*$"
)


def combine(found: Sequence[Atom], scene: Scene) -> list[Atom]:
    """The atoms as meant in their message, in order."""
    atoms = list(found)
    for step in (_merge, same_day_months_on, anchor, _span, next_one, counted, restate, remark, _replace, _drop, narrow, _choose, limit, restate, enclose):
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
        if "choice" in (left.form, right.form):
            return _decided(left, right)
        if left.first == left.last and re.fullmatch(BUSINESS_END, scene.text[right.start : right.end]):
            return (replace(left, end=right.end),)  # Friday EOD
        if left.at == right.at and left.first == left.last and right.first == right.last and not between.strip() and "end" in (left.form, right.form):
            return (replace(right, start=left.start),)
        end = right.end + (scene.text[right.end : right.end + 1] in (")", "）") and between.strip()[:1] in ("(", "（"))
        if left.form in ("week", "month") and right.form in ("weekday", *_DAYLIKE):
            return _within(left, right, end)
        kinds = {left.form, right.form}
        if left.form == right.form or not kinds <= {"weekday", "relative", *_DAYLIKE} or len(kinds & set(_DAYLIKE)) > 1:
            return None
        one = _agreed(left, right, end)
        return None if one.form == "choice" and "." in between else (one,)

    return _pairs(atoms, scene, join)


def _decided(left: Atom, right: Atom) -> tuple[Atom, ...] | None:
    """Friday 7/8: the reading of the two numbers that is a Friday; all of them when none is."""
    choice, other = (left, right) if left.form == "choice" else (right, left)
    if other.form not in ("weekday", "relative") or other.first != other.last:
        return None
    fitting = [day for day in (choice.at, *choice.others) if day.weekday() == other.at.weekday()]
    if len(fitting) == 1:
        return (Atom(left.start, right.end, "date", fitting[0], fitting[0]),)
    return (replace(choice, start=left.start, end=right.end),)


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
    if right.form == "bare" and left.form in (*_DAYLIKE, "relative"):
        day = make(left.at.year, left.at.month, right.at.day)
        return replace(right, first=day, last=day, form="date") if day else right
    if right.form == "weekday" and left.form == "relative":
        day = monday(left.at) + timedelta(days=right.at.weekday())
        return replace(right, first=day, last=day) if day >= right.at else right
    return right


def _inherit_back(left: Atom, right: Atom, text: str) -> Atom:
    """Tue or Wed next week: the bare weekday belongs to the week said after both."""
    if left.form != "weekday" or right.form != "relative" or not text[right.start : right.end].endswith("week"):
        return left
    day = monday(right.at) + timedelta(days=left.at.weekday())
    return replace(left, first=day, last=day, form="relative") if day < right.at else left


def _hours(left: Atom, right: Atom, scene: Scene) -> bool:
    """Whether two bare weekdays are the days on which somebody is there (Mon-Fri 8am-5pm, 周一至周五上班)."""
    if left.form != "weekday" or right.form != "weekday":
        return False
    return bool(_HOURS_AFTER.match(scene.text, right.end) or _HOURS_BEFORE.search(scene.text[max(0, left.start - 40) : left.start]))


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
        running = left.form == "end" and right.form == "span" and not between.strip("、 ")  # 六月底七月初
        if not either and not both and not running:
            return None
        if _hours(left, right, scene):
            return ()
        left, right = _inherit_back(left, right, scene.text), _inherit(right, left)
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
        if left.dated and right.dated and _REFUSED.fullmatch(between):
            return (left,)
        if _SLIP_AFTER.match(scene.text, right.end) and len(between.strip()) <= 4 and not _CHOICE.fullmatch(between):
            return (_inherit(right, left) if left.dated and right.dated else right,)
        if _SAID.search(scene.text[max(0, left.start - 24) : left.start]) and _NOW.search(between) and not _ANOTHER.search(between):
            return (_inherit(right, left) if left.dated and right.dated else right,)
        if _CORRECTION.search(between) or (_REPLACED.search(between) and not _ANOTHER.search(between)):
            return (_inherit(right, left) if left.dated and right.dated else right,)
        return None

    return _pairs(atoms, scene, join)


def _moved_off(atom: Atom, scene: Scene) -> bool:
    """把6月10日的交期改一下, move it from June 10: the old date with no new one."""
    before = scene.text[max(0, atom.start - 60) : atom.start]
    if _ZH_OFF_BEFORE.search(before) and _ZH_OFF_AFTER.match(scene.text, atom.end):
        return True
    return bool(re.search(r"\bfrom\s+(?:the\s+)?$", before) and _EN_MOVE.search(clause(scene.text, atom.start, atom.end)))


def _drop(atoms: list[Atom], scene: Scene) -> list[Atom]:
    """Dates that are refused (Friday doesn't work) go; the present date (it's June 10 now) goes when a wished one is there."""
    kept = [
        atom
        for atom in atoms
        if atom.form == "shift"
        or not (
            _moved_off(atom, scene)
            or ((not atom.limit or atom.form == "within") and _NEG_AFTER.match(scene.text, atom.end))
            or (_NEG_BEFORE.search(scene.text[max(0, atom.start - 48) : atom.start]) and not _ASKED.match(scene.text, atom.end))
        )
    ]
    old = [
        atom
        for atom in kept
        if (_OLD_BEFORE.search(scene.text[max(0, atom.start - 48) : atom.start]) and not _JOINED.match(scene.text, atom.end))
        or _OLD_AFTER.match(scene.text, atom.end)
    ]
    wished = [atom for atom in kept if atom not in old]
    return wished if any(atom.dated or atom.form in ("shift", "impossible") for atom in wished) else kept


def _choose(atoms: list[Atom], scene: Scene) -> list[Atom]:
    """15号或者16号: both, to be asked."""

    def join(left: Atom, right: Atom, between: str) -> tuple[Atom, ...] | None:
        listed = between.strip() in (",", "，") and left.form == right.form and _CHOICE.match(scene.text, right.end)  # 15th, 16th or 17th
        either = not between.strip(" 、") and left.form == right.form == "bare" and _ALL_FINE.match(scene.text, right.end)  # 9号10号都行
        both = bool(either or (_ALSO_LEFT.fullmatch(between) and _ALSO_RIGHT.match(scene.text, right.end)))
        if not left.dated or not right.dated or not (_CHOICE.fullmatch(between) or listed or both) or left.first != left.last or right.first != right.last:
            return None
        left, right = _inherit_back(left, right, scene.text), _inherit(right, left)
        if left.form == right.form == "weekday" and right.at.weekday() > left.at.weekday():
            day = monday(left.at) + timedelta(days=right.at.weekday())  # Monday or Tuesday stay in one week
            right = replace(right, first=day, last=day)
        others = tuple(day for day in (*left.others, right.at, *right.others) if day != left.at)
        return (Atom(left.start, right.end, "choice", left.at, left.at, others=others),) if others else (left,)

    return _pairs(atoms, scene, join)

"""What limits a date: before, by, until, after, from on, at the latest, in words around it; no dates of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.understanding.dates.atoms import Atom, Direction, Scene, clause
from assistant.understanding.dates.table import BUSINESS_END, MOVES

_ZH_BEFORE = re.compile(
    r"(?:节|假期|放假|长假|假|那天)?(?:"
    r"(?P<inc>截止|为止|为限|为期限|封顶|(?:就|才)?是(?:我们的?)?(?:最后|最终)?的?(?:死线|底线|大限|期限|截止日期?|极限|deadline|ddl)|\s?(?:最晚|最迟)(?=$|[,，。!！?？了吧])|\((?:包?含|包括)(?:当[天日])?\)\s?(?:之|以)?前|(?:之|以)?前\(?含|(?:及|或者?)(?:之|以)?前|或者?更?(?:早|提前)|\s?(?:早上|上午|中午|下午|晚上|下班)(?:之|以)?前"
    r"|\s?(?:早上|上午|中午|下午|晚上)?\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[点:时](?:\d{2}分?|半|整)?(?:钟)?(?:之|以)?前)"
    r"|(?:之前|以前|前(?!台|面|方|提|往|后|一(?!定|律|概|切)|半|几)))"
)
_ZH_AFTER = re.compile(
    r"(?:节|假期|放假|长假|假|那天|结束)?(?:(?P<inc>\s?最早(?=$|[,，。!！?？了吧])|\((?:包?含|包括)(?:当[天日])?\)\s?(?:之|以)?后|(?:当天)?起|开始(?:往后)?|往后|及(?:之|以)?后|或(?:之|以)?后)|(?P<home>回来(?:之?后|以后)?)|(?:之后|以后|过后|过了|过完|后)(?!面|台|天|续|来|悔|退|半))"
)
_ZH_NOT_THEN = re.compile(
    r"[\s,，]*(?:我们|我司|这边|仓库|厂里|工厂)?(?:都|也|就|请|千万|一概|一律|绝对|肯定|真的|实在|确实|暂时|最好|务必|完全|基本|全|通通|统统|你们)*(?:请?切?勿|先?不要(?!忘|错过|耽误|晚|迟|拖|漏|超|延)|先?别(?!忘|错过|耽误|晚|迟|拖|再拖|漏|超|延|的)|不用|不能(?!晚|迟|拖|再拖|超|延|耽误)|不方便|收不了|没人|没空|没法|无法|不收|不行|不可以|不在|来不及)"
    r"(?![^,，。]{0,5}(?:吗|么|[?？]))"
    r"|[^,，。;；!！?？\d]{0,10}[,，]?\s*(?:我们|仓库|都|暂时|还)?(?:收不了|接不了|卸不了|没法收|无法收|不能收|没人收|没法接|收不下|放不下)(?!吗|么|嘛)"
)
# what may stand between 最早 and its day: who, may or must, what is done with goods, a day
_ZH_BETWEEN = (
    r"我们|我司|我方|我这|这边|这里|仓库|工地|工厂|厂里|现场|客户|也|都|就|还|只|能够|能|可以|可|允许|接受|要|得|须|必须|需要|到|在|是|为|等|拖|撑|熬|放|定|排|收|接|卸|用|交|送|发|货|"
    r"的?(?:日期|日子|时间|期限|交期|一天|那天)|[:：\s]"
)
_ZH_PRE_BEFORE = re.compile(
    r"(?:最晚|最迟|至迟|不晚于|不迟于|不能晚于|别晚于|不要晚于|不得晚于|晚不过|不超过|(?:别|不能|不要|不可|不得)(?:超过|拖过|过)|(?:截至|截止到?|赶在)(?=\s?也?(?:到|在|是|要|得|不超过|不能超过)?$)|(?:最后|最终|最晚|最迟)的?(?:日期|日子|时间|期限|交期|日|期)|死线|底线|大限)\s?"
    rf"(?:{_ZH_BETWEEN})*(?:也?不能?超过)?$"
)
_ZH_PRE_AFTER = re.compile(rf"(?:最早|最快|至少|起码|最少|不早于|不能早于|别早于|不要早于|不得早于|早不过)\s?(?:{_ZH_BETWEEN})*$")
_ZH_IF = re.compile(r"为什么|为啥|为何|怎么|咋|如果|要是|假如|若|万一")
_ZH_NOT_YET = re.compile(r"(?:不到|没到|未到|不满)$")
_ZH_PAST_IT = re.compile(r"(?:过了|过完|等过)$")
_LEAD = (
    rf"\s+(?:the\s+)?(?:(?:{BUSINESS_END}|start\s+of\s+(?:business|play|(?:the\s+)?day)|noon|midday|midnight|lunch(?:time)?|first\s+thing|early|late|(?:the\s+)?(?:morning|afternoon|evening)"
    r"|\d{1,2}(?::\d\d(?:\s?[ap]m)?|\s?(?:[ap]m|o'clock)))\s+(?:on\s+|of\s+)?)?(?:on\s+)?(?:the\s+)?$"
)
_NOT_A_DAY = (
    r"(?:not|\w+n't|never|cannot)(?: (?!you\b|we\b)[a-z]+){0,2}? (?:even )?(?:a|an|one|any)(?: single)? (?:\w+ )?(?:day|hour|minute|moment|second|week)"
)
_EN_WORDS: tuple[tuple[str, Direction, bool], ...] = (
    (
        rf"{_NOT_A_DAY} (?:after|later than|past|beyond)|(?:\w+n't|cannot|can not|unable to)(?: (?!you\b|we\b)[a-z]+){{1,3}}? (?:after|past|beyond)"
        rf"|(?:nothing|never|no(?: \w+){{1,2}}|under no circumstances|on no account) (?:after|later than"
        rf"|past|beyond)",
        "before",
        True,
    ),
    (
        rf"no(?:t)? (?:any )?(?:earlier|sooner) than|{_NOT_A_DAY} (?:before|earlier than|sooner than|prior to|ahead of)|"
        r"(?:nothing|never|no(?: \w+){1,2}|under no circumstances|on no account) (?:before|earlier than|sooner than|until|till|prior to)|"
        r"at least|(?:earliest|soonest)(?: (?!but|and|or|not|by)[\w']+){0,6}? (?:is|are|be|falls on|means)|earliest(?: \w+){0,2}:|"
        r"not (?:\w+ ){0,2}(?:before|until|till)|(?:\w+n't|cannot) \w+(?: \w+)? (?:before|until|till)|on or after"
        r"|after or on|starting(?: from| on)?|beginning|as (?:of|from)|earliest(?: is)?|effective|since|from",
        "after",
        True,
    ),
    (r"later than(?<!no later than)(?<!not later than)|once|(?<!the day )(?<!the week )(?<!the month )(?<!not )after|past", "after", False),
    (
        r"no(?:t)? (?:any )?later than|"
        r"(?:latest|longest|furthest)(?: (?!but|and|or|not|by)[\w']+){0,6}? (?:is|are|be|until|till|to)|latest:|"
        r"(?:deadline|cut-?off|drop-dead|due|need[- ]by|must-have)(?: (?:date|day|time))?(?: for \w+)?(?: (?:is|of|would be|will be)|'s|:)|cut-?off"
        r"|drop-dead(?: date)?|"
        r"on or before|before or on|not (?:after|past)|(?:at the )?latest(?: is| by)?|by|until|till|til|through"
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
# a holiday or a period that is over, is what "after" it means
_EN_OVER = re.compile(
    r"\s*(?:holidays?\s+)?(?:(?:is|are|'s|has|have|will\s+be|gets?)\s+(?:all\s+)?(?:been\s+)?(?:over|done|finished|ended|past|passed|gone|behind\s+us|out\s+of\s+the\s+way|concluded)"
    r"|(?:ends?|finish(?:es)?|concludes?|wraps?\s+up)\b(?!\s+(?:on|of)\b))"
)
_ZH_OVER = re.compile(
    r"(?:节|小?长?假期?|黄金周)?(?:(?:那天|当天)?(?:一|都|全)?(?:结束|过完|放完|休完|收假|过去|过(?![来去年节点分得程渡户敏滤期几\d一二两三])))(?:节|小?长?假期?)?了?(?P<before>(?:之|以)?前)?(?:之后|以后|过后|后)?"
)
_STRICT = re.compile(
    r"[^,，。;；!！?？\d]{0,8}[,，。.;；\s]*(?:再?(?:晚|迟|拖|延|多)(?:上|个)?(?:一|半)?(?:天|点|刻|分钟|日)?(?:都|也|就)(?:不行|不可以|不成|不能|来不及)"
    r"|(?:一|半)(?:天|刻|分钟|日)(?:也|都)(?:不能|别|不许|不得|不可以?|不准)再?(?:晚|拖|延|迟))"
    r"|\s*[,;.\-–—]*\s*(?:(?:and|it|we|that)\s+){0,2}(?:can't|cannot|can\s+not|mustn't|must\s+not|won't|not|never)\s+(?:be\s+|wait\s+|slip\s+|go\s+)?(?:even\s+)?(?:a|one|any)\s+(?:single\s+)?"
    r"(?:day|hour|minute|moment)\s+(?:later|longer|more|after|past)\b(?!\s+than)"
)
_IF = re.compile(r"\b(?:if|unless|why|in\s+case|should)\b")
_HOUR = re.compile(rf"\d\s?[ap]m|noon|midday|o'clock|\d:\d|lunch|start\s+of|{BUSINESS_END}")  # before 3 pm tomorrow is still tomorrow
_EN_IS = r"\s*(?:is|'s|would\s+be|will\s+be|being|as)\s+(?:really\s+)?(?:our|the|my|a|an)?\s*(?:\w+\s+)?"
_EN_POST: tuple[tuple[re.Pattern[str], Direction, bool], ...] = (
    (re.compile(_EN_IS + r"(?:deadline|cut-?off|drop-dead(?:\s+date)?|latest|limit|last\s+possible\s+day)\b"), "before", True),
    (re.compile(_EN_IS + r"(?:earliest|soonest)\b"), "after", True),
    (re.compile(r"\s*(?:at\s+(?:the\s+)?(?:very\s+)?latest|or\s+(?:before|earlier|sooner)|latest\b|tops\b)"), "before", True),
    (
        re.compile(
            r"\s*(?:at\s+(?:the\s+)?(?:very\s+)?earliest|or\s+(?:any\s?time\s+)?(?:after|later|thereafter|beyond)\b(?!\s+(?:the\s+)?(?:\d|next|this|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))|onwards?\b"
            r"|on(?=\s*(?:$|[.,;!?]))|and\s+(?:after|later)|earliest\b)"
        ),
        "after",
        True,
    ),
)
_ITSELF = re.compile(
    r"[\s,(，（]*(?:but\s+|and\s+)?(?:(?P<out>not\s+including\s+(?:it|that\s+(?:day|date))|excluding\s+(?:it|that\s+(?:day|date))|exclusive\b|not\s+on\s+(?:it|that\s+day)|(?:不包?含|不包括|不算)(?:当[天日]|那天|本日))"
    r"|inclusive\b|including\s+(?:it|that\s+(?:day|date))|(?:包含|包括|含)(?:当[天日]|那天|本日))[)）]?"
)
_AGAIN = re.compile(r"[(（,，]\s?(?P<not>不)?(?:包?含|包括)$")
_OPEN_FROM = re.compile(
    r"(?:^|[,.;:!?]|\b(?:and|any|day|time|anytime|anything|available|ready|open|free|possible|works?|working|ok|okay|fine|deliver|delivery|receive|here|back|it|them))\s*$"
)
_UNTIL = re.compile(r"\b(?:until|till|til)\b")
# what waits until a day happens from it on; what is moved until a day is moved to it
_HELD = re.compile(
    r"\b(?:hold|holding|wait|park|keep|store|closed|shut|away|unavailable|nobody|no ?one|never|can't|cannot|won't|isn't|aren't|out of (?:the )?office|not)\b"
)
_MOVED = re.compile(MOVES)


def limited(atom: Atom, scene: Scene) -> Atom:
    """The atom with the limit that the words around it give it; as it is when there is none, or when it has one."""
    if not atom.dated or atom.limit or atom.form in ("choice", "range"):
        return atom
    found = _limited(atom, scene)
    if found.limit and (said := _ITSELF.match(scene.text, found.end)):
        return replace(found, end=said.end(), inclusive=not said["out"])
    return found


def limit(atoms: list[Atom], scene: Scene) -> list[Atom]:
    """The atoms with their limits; a day said again in brackets (15号前(含15号)) only tells whether the limit takes it in."""
    done: list[Atom] = []
    for atom in (limited(atom, scene) for atom in atoms):
        if done and atom.start < done[-1].end:
            continue
        said = _AGAIN.search(scene.text[max(0, atom.start - 6) : atom.start])
        if said and done and done[-1].limit and atom.dated and atom.at == done[-1].at:
            done[-1] = replace(done[-1], inclusive=not said["not"], end=atom.end)
        else:
            done.append(atom)
    return done


def _limited(atom: Atom, scene: Scene) -> Atom:
    text = scene.text
    before = text[max(0, atom.start - 48) : atom.start]
    if over := _over(atom, scene):
        return over
    early, late = _ZH_PRE_BEFORE.search(before), _ZH_PRE_AFTER.search(before)
    suffix = _ZH_BEFORE.match(text, atom.end)
    if early or suffix:
        inclusive = atom.form == "end" or text[atom.end - 1] == "晚" or bool((early and not before.rstrip().endswith("赶在")) or (suffix and suffix["inc"]))
        if suffix and _ZH_NOT_THEN.match(text, suffix.end()) and not _ZH_IF.search(clause(text, atom.start, atom.end)):
            return replace(atom, end=suffix.end(), limit="after", inclusive=not inclusive)  # 20号之前不要送
        return replace(atom, end=suffix.end() if suffix else atom.end, limit="before", inclusive=inclusive)
    if _ZH_NOT_YET.search(before) and _ZH_NOT_THEN.match(text, atom.end):
        return replace(atom, limit="after", inclusive=True)  # 不到17号别送
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
            if re.search("n't|cannot", match.group()) and _IF.search(clause(text, atom.start, atom.end)):
                # if it isn't here before the 22nd: wanted before it
                return replace(atom, limit="after" if direction == "before" else "before", inclusive=False)
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
    strict = _STRICT.match(text, atom.end) if atom.first == atom.last else None
    return replace(atom, limit="before", inclusive=True) if strict else atom


def _over(atom: Atom, scene: Scene) -> Atom | None:
    """Once Golden Week is over, 国庆放完假: after its days; before it is over, 国庆假期结束前: within them."""
    if atom.form not in ("holiday", "span", "week", "month", "year"):
        return None
    whole = "span" if atom.form == "holiday" else atom.form
    if match := _ZH_OVER.match(scene.text, atom.end):
        direction: Direction = "before" if match["before"] else "after"
        return replace(atom, end=match.end(), form=whole, day=None, limit=direction, inclusive=bool(match["before"]))
    if match := _EN_OVER.match(scene.text, atom.end):
        ahead = re.search(r"\b(?:before|by\s+the\s+time|until|till)\s+(?:the\s+)?$", scene.text[max(0, atom.start - 24) : atom.start])
        early = bool(ahead and not ahead.group().startswith(("until", "till")))
        return replace(atom, end=match.end(), form=whole, day=None, limit="before" if early else "after", inclusive=early)
    return None

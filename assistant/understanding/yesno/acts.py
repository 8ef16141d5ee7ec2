"""What consents because it names what the preview would do ("确认取消", "cancel it"); the verbs come from the preview's own title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.understanding.slots.lexicon import plain
from assistant.understanding.yesno import en as yesno_en
from assistant.understanding.yesno import own_en as yesno_own_en
from assistant.understanding.yesno import own_zh as yesno_own_zh
from assistant.understanding.yesno import reasons_en as yesno_reasons_en
from assistant.understanding.yesno import reasons_zh as yesno_reasons_zh
from assistant.understanding.yesno import talk_en as yesno_talk_en
from assistant.understanding.yesno import talk_zh as yesno_talk_zh
from assistant.understanding.yesno import words as table
from assistant.understanding.yesno import zh as yesno_zh

# the kinds of values that have words of their own
KINDS = frozenset({"date", "address", "quantity", "items", "product", "bool", "tax_id", "title", "choice", "text", "attachments", "phone", "email"})


@dataclass(frozen=True, slots=True)
class Acts:
    """Expressions for doing what the preview would do: `plain` consents by itself, `bare` (the verb alone) only beside consent, `solo` as the whole answer.
    `english` and `chinese` are the sentences that do, or that do no harm beside it; `told` are Chinese statements, which stand where a clause begins;
    `named` finds the act by its verbs, which are `verbs_zh` and `verbs_en`."""

    groups: frozenset[str]
    plain: re.Pattern[str]
    bare: re.Pattern[str]
    solo: re.Pattern[str]
    english: tuple[table.Clause, ...]
    chinese: tuple[table.Clause, ...]
    told: tuple[table.Clause, ...]
    named: re.Pattern[str]
    verbs_zh: frozenset[str] = frozenset()
    verbs_en: frozenset[str] = frozenset()


@lru_cache(maxsize=64)
def acts_of(act: str, kinds: frozenset[str] = frozenset()) -> Acts:
    """The verbs that consent to `act`: those of the acts it names, its own first words, and the neutral ones; `kinds` are those of the values shown."""
    title = plain(act)
    groups = frozenset(
        name
        for name, words in table.ACTS.items()
        if any(word in title for word in words.zh if len(word) > 1 or name in ("change", "return", "exchange"))
        or set(words.en) & set(re.findall("[a-z]+", title))
    )
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
    verbs, objects = (zh, en), (objects_zh, objects_en)
    own_en, own_zh = yesno_own_en.clauses(groups, kinds, _any(en)), yesno_own_zh.clauses(groups, kinds, _any(zh))
    english = (*yesno_en.clauses(en, objects_en), *yesno_talk_en.clauses(objects_en), *own_en, *yesno_reasons_en.clauses(groups, kinds))
    chinese = (*yesno_zh.clauses(zh, objects_zh), *yesno_talk_zh.clauses(zh, objects_zh), *own_zh)
    told = yesno_reasons_zh.clauses(groups, kinds)
    return Acts(
        groups,
        _act_pattern(verbs, objects),
        _bare_pattern(verbs, objects),
        _solo_pattern(zh),
        english,
        chinese,
        told,
        re.compile(rf"\b(?:{_any(en)})\b|{_any(zh)}" if en and zh else "(?!)"),
        frozenset(zh),
        frozenset(en),
    )


Pair = tuple[set[str], set[str]]


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(sorted(words), key=len, reverse=True))


def _objects(objects: Pair) -> tuple[str, str]:
    """What may follow the verb: the order, what the preview shows, and what the act's own title names."""
    zh, en = objects
    named_zh = f"|{_any(zh)}" if zh else ""
    named_en = f"| (?:the |my )?(?:{_any(en)})" if en else ""
    return (
        rf"(?:(?:这个|该|此|本)?(?:订单|单|申请{named_zh})|它|[到成为]?§(?:这单|那单|号)?)?",
        rf"(?: (?:it|this|that|them|those|the order|my order|this order|that order|order §|the order §|the change|the request|"
        rf"§){named_en})?(?: (?:to|for|on|with) (?:the )?§)?",
    )


_BEGIN_ZH = (
    r"(?:(?:可以|同意|确认|确定|我同意|我确认|我确定|确认要|确定要|请|请你|请您|请予|请予以|予以|烦请|敬请|麻烦|麻烦你|麻烦您|请帮我|"
    r"麻烦帮我|帮我|帮忙|给我|那就|"
    r"那|就|直接|马上|现在|现在就|立即|立刻|尽快|请尽快|赶紧|赶快|快|就这么|就这样|那就这么|按这个|照这个|按此|按你说的|按您说的|"
    r"没问题就|没事就|没事儿就|可以直接|你|您|你们|去|可以帮我|就给我|就帮我)+)"
)
_BEGIN_EN = (
    r"(?:(?:please|pls|kindly|just|go ahead and|you can|you may|feel free to|lets|yes|ok|okay|sure|i want to|wed like to|we would like to|i want you to|"
    r"id like to|"
    r"id like you to|i would like to|we want to|do|i confirm to|i agree to|confirm to|ok to) )+"
)
_END_EN = r"(?: (?:now|please|pls|then|asap|right away|for me|for us|through|as shown|as proposed|accordingly|as discussed))*"


def _act_pattern(verbs: Pair, objects: Pair) -> re.Pattern[str]:
    zh, en = verbs
    object_zh, object_en = _objects(objects)
    every, neutral = _any(zh | set(table.NEUTRAL_ACT.zh)), _any(table.NEUTRAL_ACT.zh)
    english, neutral_en = _any(en | set(table.NEUTRAL_ACT.en)), _any(table.NEUTRAL_ACT.en)
    own_zh = _any(word for word in zh if word not in table.ACTS["change"].zh) or "(?!)"
    own_en = _any(word for word in en if word not in table.ACTS["change"].en) or "(?!)"
    return table.bounded(
        rf"{_BEGIN_ZH}(?:{every})掉?{object_zh}(?:了吧|吧|呗|就行|就好|即可)?(?!一下|错|[了的吗么])|(?:{every})掉?{object_zh}(?:吧|呗|就行|"
        rf"就好)(?!一下)|{_BEGIN_ZH}(?:{neutral}){object_zh}一下吧?"
        rf"|可以(?:{every})了|我要(?:{own_zh})掉?{object_zh}(?![了的吗么一])"
        rf"|(?:{every})[到成为]§(?:吧|就行|就好)?(?![了的吗么])|(?:{english}) (?:it|this|that|them) (?:please|pls)(?= |$)|(?:{english}) (?:it|"
        rf"this|them) to (?:the )?§"
        rf"|{_BEGIN_EN}(?:{english}){object_en}{_END_EN}(?= |$)|(?:{neutral_en}|{own_en}) (?:it|this|them|the order|the change|my order|"
        rf"order §|the order §|§){_END_EN}(?= |$)"
    )


def _solo_pattern(zh: set[str]) -> re.Pattern[str]:
    """A verb of one character that is the whole answer: "确认修改吗?" - "改"."""
    return table.bounded(rf"(?:{_any(word for word in zh if len(word) == 1) or '(?!)'})(?=$|谢|麻烦|辛苦|拜托| )")


def _bare_pattern(verbs: Pair, objects: Pair) -> re.Pattern[str]:
    zh, en = verbs
    object_zh, object_en = _objects(objects)
    chinese, english = _any(zh) or "(?!)", _any(en) or "(?!)"
    return table.bounded(
        rf"(?:请|麻烦|麻烦你|麻烦您|帮我|麻烦帮我|请帮我)(?:{chinese}){object_zh}一下|(?:{chinese}){object_zh}(?![了一的错]|地址|数量|金额|抬头|税号|电话|"
        rf"联系人|收货|产品|型号|价)|"
        rf"(?:{english}){object_en}{_END_EN}(?= |$)"
    )

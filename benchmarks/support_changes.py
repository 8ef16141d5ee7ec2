"""True sentences changed by machine so that they are no longer true: the false examples that the judge of sentences is fitted on; seeded, no model."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.dialog.support.turned import turned
from assistant.dialog.support.units import Clause, statement, units_of
from assistant.dialog.support.words import Word, lexicon

_HAN = re.compile(r"[\u3400-\u9fff]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_CODE = re.compile(r"\b[A-Z]{1,4}-?\d+\b")
_SWAPS_ZH = (
    "我们>您 我方>客户 买方>卖方 客户>我们 甲方>乙方 供应商>客户 必须>可以 可以>必须 以内>以上 不超过>不低于 不低于>不超过 至少>最多 最多>至少 之前>之后 "
    "以前>以后 之后>之前 以上>以下 以下>以上 工作日>天 每天>每周 每月>每年 每周>每月 和>或 或>和 建议>必须 免费>收费 高于>低于 大于>小于 超过>不足 "
    "前>后 小时>天 克>公斤 每次>每年 首次>每次 当天>次日 含>不含 只有>所有 仅>都"
)
_SWAPS_EN = (
    "we>you,customer>supplier,buyer>seller,hirer>owner,at least>at most,up to>at least,within>after,before>after,after>before,above>below,below>above,must>may"
    ",can>must,may>must,and>or,or>and,working days>days,days>weeks,hours>days,months>weeks,per week>per month,per month>per year,recommended>required"
    ",free>charged,only>also,more than>less than,less than>more than,minimum>maximum,maximum>minimum,included>not included,with>without,without>with,day>month"
    ",first>every,open>closed,new>used,kg>g,mm>cm,weekdays>weekends"
)
_ADDED_ZH = (
    "，并且免费",
    "，全国都一样",
    "，还有一份赠品",
    "，而且可以随时取消",
    "，无需另外申请",
    "，包括节假日",
    "，终身有效",
    "，由我们承担运费",
    "，第二天就能到",
)
_ADDED_EN = (
    " and it is free of charge",
    ", whatever the order size",
    " and comes with a gift",
    ", and you can cancel at any time",
    ", weekends included",
    " for life",
    ", and we pay the freight",
    " and it arrives the next day",
    " for all customers",
    ", and it is approved for food",
)
_ALL = {True: ("所有情况下，", "任何时候，", "不管什么条件，"), False: ("In all cases, ", "At any time, ", "Regardless of any condition, ")}
_IF = re.compile(r"如果|若|的话|除|只要|必须|\bif\b|unless|except|only|provided")


def changed(sentence: str, passages: Sequence[str], others: Sequence[Word], chance: random.Random) -> list[tuple[str, str]]:
    """(kind of change, changed sentence): a few of each kind that the sentence gives room for; `others` are words of other documents."""
    chinese = bool(_HAN.search(sentence))
    clauses = statement(sentence)
    words = [word for clause in clauses for word in clause.content]
    found = [("negation", turned(sentence))]
    found += [("swap", text) for text in _sample(list(_swapped(sentence, chinese)), 3, chance)]
    found += [("contrast", text) for text in _sample(list(_contrasted(sentence, words, chance)), 2, chance)]
    found += list(_numbers(sentence, passages, chance))
    found += list(_codes(sentence, passages, chance))
    found += list(_nouns(sentence, words, [*_words_of(passages)], others, chance))
    body = sentence.rstrip("。.!！ ")
    found.append(("added_fact", f"{body}{chance.choice(_ADDED_ZH)}。" if chinese else f"{body}{chance.choice(_ADDED_EN)}."))
    found.append(("scope_widened", chance.choice(_ALL[chinese]) + (sentence if chinese else sentence[:1].lower() + sentence[1:])))
    found += list(_unconditioned(body, clauses, chinese))
    return [(kind, text) for kind, text in found if text != sentence]


def _sample(texts: list[str], most: int, chance: random.Random) -> list[str]:
    return chance.sample(texts, min(most, len(texts)))


def _swapped(sentence: str, chinese: bool) -> Iterator[str]:
    for pair in _SWAPS_ZH.split() if chinese else _SWAPS_EN.split(","):
        one, other = pair.split(">")
        pattern = re.escape(one) if chinese else rf"\b{re.escape(one)}\b"
        if re.search(pattern, sentence, re.IGNORECASE):
            yield re.sub(pattern, other, sentence, count=1, flags=re.IGNORECASE)


@lru_cache(maxsize=2)
def _phrases(chinese: bool) -> list[tuple[str, frozenset[str]]]:
    entries = lexicon().entries
    return [(key, entry.ideas) for key, entry in entries.items() if entry.ideas and (key[0] >= "\u3400") == chinese and len(key) > 1]


def _contrasted(sentence: str, words: Sequence[Word], chance: random.Random) -> Iterator[str]:
    contrasts = lexicon().contrasts
    for word in words:
        against = {other for idea in word.ideas for other in contrasts.get(idea, ())}
        phrases = [key for key, ideas in _phrases(word.text[0] >= "\u3400") if ideas & against] if against else []
        if phrases:
            yield from _put(sentence, word, chance.choice(phrases))


def _put(sentence: str, word: Word, other: str) -> Iterator[str]:
    """The sentence with one word replaced."""
    if word.text[0] >= "\u3400":
        if word.text in sentence:
            yield sentence.replace(word.text, other, 1)
        return
    match = re.search(rf"\b{re.escape(word.text)}\w*", sentence, re.IGNORECASE)
    if match:
        yield sentence[: match.start()] + other + sentence[match.end() :]


def _numbers(sentence: str, passages: Sequence[str], chance: random.Random) -> Iterator[tuple[str, str]]:
    mine, there = _NUMBER.findall(sentence), sorted({number for text in passages for number in _NUMBER.findall(text)})
    for _ in range(2):
        rest = [number for number in there if number not in mine]
        if mine and rest:
            old = chance.choice(mine)
            yield "number", re.sub(rf"(?<![\d.]){re.escape(old)}(?![\d])", chance.choice(rest), sentence, count=1)
    if len(mine) > 1 and mine[0] != mine[1]:
        yield "number", _exchanged(sentence, mine[0], mine[1])


def _codes(sentence: str, passages: Sequence[str], chance: random.Random) -> Iterator[tuple[str, str]]:
    mine, there = _CODE.findall(sentence), sorted({code for text in passages for code in _CODE.findall(text)})
    rest = [code for code in there if code not in mine]
    if mine and rest:
        yield "other_product", sentence.replace(mine[0], chance.choice(rest), 1)


def _exchanged(sentence: str, one: str, other: str) -> str:
    return sentence.replace(one, "\0", 1).replace(other, one, 1).replace("\0", other, 1)


def _words_of(passages: Sequence[str]) -> Iterator[Word]:
    for text in passages:
        for unit in units_of(text, ""):
            for clause in unit.clauses:
                yield from clause.content


def _nouns(sentence: str, words: Sequence[Word], near: Sequence[Word], far: Sequence[Word], chance: random.Random) -> Iterator[tuple[str, str]]:
    mine = [word for word in words if len(word.text) > 1 and not word.marks]
    for others in (near, far):
        for _ in range(2):
            if not mine or not others:
                continue
            word, other = chance.choice(mine), chance.choice(list(others))
            same = len(other.text) < 2 or other.text == word.text or bool(other.ideas & word.ideas)
            if not same and bool(_HAN.search(other.text)) == bool(_HAN.search(word.text)):
                yield from (("name", text) for text in _put(sentence, word, other.text))


def _unconditioned(body: str, clauses: Sequence[Clause], chinese: bool) -> Iterator[tuple[str, str]]:
    if len(clauses) < 2 or not any(clause.marks & {"IF", "EXCEPT", "ONLY"} for clause in clauses):
        return
    parts = re.split(r"[，,]", body)
    at = next((at for at, part in enumerate(parts) if _IF.search(part)), None)
    if at is not None and len(parts) > 1:
        text = ("，" if chinese else ",").join(parts[:at] + parts[at + 1 :]).strip()
        if len(text) > 4:
            yield "condition_dropped", text + ("。" if chinese else ".")

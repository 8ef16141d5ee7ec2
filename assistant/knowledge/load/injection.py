"""Sentences of a document that give orders to a language model; they are found, never followed. Text *about* assistants is no order to one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.knowledge.load.patterns import alternatives
from assistant.text.words import sentences

_LOOKALIKE = str.maketrans("аеорсухіјѕԁɡһԛԝАВЕКМНОРСТХІЅοαεικυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxijsdghqwABEKMHOPCTXISoaeikuABEZHIKMNOPTYX")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，！？；：（）"}
_PLAIN = {**_LOOKALIKE, **_WIDE, 0x017F: ord("s"), 0x212A: ord("k"), 0x0130: ord("i"), 0x0131: ord("i")}
# letters as they are compared, one for one: patterns that ignore case are several times slower
_FOLD = {code: ord(chr(to).lower()) for code, to in {**{code: code for code in range(ord("A"), ord("Z") + 1)}, **_PLAIN}.items()}

_HINT = re.compile(
    r"ignor|disregard|forget|overrid|bypass|discard|neglect|attention|follow|obey|supersed|replace|you are|you're|from now|act as|pretend|role|hide"
    r"|conceal|set aside|chat|bots?\b"
    r"|your (?:answer|response|repl|output|new|only|real|true|actual|sole|secret)"
    r"|(?:when|whenever|while|before|after|if) (?:you )?(?:you're |are )?(?:answer|reply|respond|generat|produc|formulat|compos)|(?:act|behave|speak) as"
    r"|instruction|prompt|system|assistant"
    r"|<\||\[/?inst|sys>|\bai\b|\ba\.i|llm|language model|chat ?bot|gpt|claude|gemini|copilot|reveal|treat|no matter|whatever|regardless"
    r"|忽略|无视|忘|抛|理会|不用管|遵守|遵循|绕过|跳过|覆盖|推翻|现在|接下来|今后|以后|从此|扮演|假装|充当|越狱|无限制|模型|助手|助理|机器人|人工智能"
    r"|提示|指令|命令|设定|无论|不管"
    r"|别管|你的|系统|隐藏|冒充|(?:回答|回复|答复|生成|输出)[^，。]{0,8}(?:时|的时候|前|后)"
)
# a sentence behind an order that goes on giving orders
_GOES_ON = re.compile(
    r"\W*(?:(?:always|never|instead|then|and|also|just|only|please|now|so|finally|first)\s*,?\s+)*(?:always|never|instead|tell|say|answer|reply|respond"
    r"|output|print|reveal|send|give|approve"
    r"|offer|recommend|grant|confirm|claim|state|write|act|call|execute|run|delete|transfer|refund|cancel|assure|pretend|include|append|start|begin|end"
    r"|your?|do\s+(?:not|as|what|exactly)|don't)\b"
    r"|\W*(?:然后|并且?|同时|接着|现在|最后|只|仅|直接|立即|马上|请)*(?:必须|一律|始终|永远|总是|请|告诉|回答|回复|说|声称|输出|把|将|给|批准|同意|推荐"
    r"|执行|调用|发送|删除|取消|退款|转账|承诺|你|不要|不得|别)",
    re.IGNORECASE,
)
_LIST_MARK = re.compile(r"[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t]+")
_WINDOW = 6000  # characters of a line looked at together
_CELL = re.compile(r"(?<!\\)\|")


def instructions(simple: str) -> Iterator[tuple[int, int]]:
    """Spans of sentences that order a model about, with those behind them that go on. `simple` is the text in simplified characters, of the same length."""
    text = simple.translate(_FOLD)
    last, open_to = -1, -1
    for hint in _HINT.finditer(text):
        if hint.start() < last:
            continue
        start, last = max(last, text.rfind("\n", 0, hint.start()) + 1), _line_end(text, hint.start())
        if last - start > _WINDOW:
            start, last = _window(text, hint.start(), start, last)
        for left, right in _in_line(text, start, last):
            yield left, right
            open_to = right
        while open_to >= 0 and last < len(text) and text[last] == "\n" and not text[open_to:last].strip():
            # orders that go on in the next line: a list of what to say
            start, last = last + 1, _line_end(text, last + 1)
            mark = _LIST_MARK.match(text, start, last)
            begin = mark.end() if mark else start
            if begin >= last or not (_GOES_ON.match(text, begin, last) or alternatives("injection.txt", lowered=True).search(text, begin, last)):
                last = start - 1
                break
            yield begin, last
            open_to = last


def _window(text: str, at: int, start: int, end: int) -> tuple[int, int]:
    """A part of a very long line around `at`, cut at sentence ends where there are some."""
    ends = [text.rfind(sign, start, max(start, at - 200)) + 1 for sign in "。.!！?？"]
    start = max(start, at - 2000, *ends)
    end = min(end, start + _WINDOW)
    return start, end


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _in_line(text: str, at: int, end: int) -> Iterator[tuple[int, int]]:
    line = text[at:end]
    hits = [match.span() for match in alternatives("injection.txt", lowered=True).finditer(line)]
    if not hits:
        return
    going_on = False
    for start, stop in _sentences(line):
        hit = any(left < stop and right > start for left, right in hits)
        going_on = hit or (going_on and bool(_GOES_ON.match(line, start, stop)))
        if going_on:
            yield at + start, at + stop


def _sentences(line: str) -> Iterator[tuple[int, int]]:
    """Sentences of a line; a cell of a table is a line of its own."""
    if not line.lstrip().startswith("|"):
        yield from sentences(line)
        return
    begin = 0
    for bound in (*(match.start() for match in _CELL.finditer(line)), len(line)):
        yield from ((begin + start, begin + end) for start, end in sentences(line[begin:bound]))
        begin = bound + 1

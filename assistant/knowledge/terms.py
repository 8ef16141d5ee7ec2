"""Search terms of a text: the words of `text.words`, English endings taken off, and which of them carry content; no index, no company's vocabulary."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.text.words import words

_ZH_FUNCTION = (
    "的 了 吗 呢 吧 啊 呀 哦 嘛 么 是 有 在 和 与 或 及 跟 同 对 对于 把 被 给 从 到 向 以 为 于 由 就 都 也 还 又 再 才 只 很 太 最 更 这 那 哪 这个 那个 哪个 这些 那些 "
    "哪些 这样 那样 怎样 怎么 怎么样 什么 多少 几 谁 何 何时 为什么 为何 如何 是否 能 能否 能不能 可以 可不可以 可否 会 会不会 要 要不要 需要 需不需要 想 请 请问 问 一下 "
    "你 您 我 他 她 它 你们 您们 我们 他们 咱们 自己 一个 个 种 些 下 上 里 中 后 前 时 时候 之 其 而 且 但 但是 如果 要是 假如 因为 所以 还是 或者 并 并且 不 没 没有 不是 "
    "有没有 是不是 行 行不行 好 吗 帮 帮忙 告诉 知道 说 说明 看 看看 查 一般 目前 现在 通常 大概 左右 关于 方面 情况 问题 东西 事 每 各 该 本 此 等 等等 啦 呗 啥 咋 "
    "可 能够 应该 应当 必须 怎 办 弄 做 用 使用 进行 得 着 过 来 去 让 比 较 比较 多 大 小 点 有点 一些 那么 这么 还有 另外 顺便 麻烦 谢谢 您好 你好 公司 贵 贵司 咱"
)
_EN_FUNCTION = (
    "a an the this that these those it its is are was were be been being am do does did done doing have has had having can could may might must shall should will would "
    "i me my mine we us our ours you your yours he she they them their of in on at by for with from to into onto about as than then there here and or but if so not no nor "
    "what which who whom whose when where why how much many any some all each every both either neither one ones other another such same just only also too very more most "
    "please tell know let want need anything anybody anyone something someone nothing everything take long"
    " like get got give make use used using work works go goes come say says mean means per via up down out off over under again still yet "
    "hello hi hey thanks thank ok okay well s t d ll re ve m don doesn didn isn aren wasn won can't cannot possible able there's what's i'm i'd company question information"
)
_NEGATION = frozenset("不 没 没有 无 非 未 勿 不能 不可 不可以 不要 不会 不用 不得 禁止 no not never cannot can't without none don't doesn't isn't aren't won't".split())
_PLAIN_WORD = re.compile(r"[a-z]{4,}")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """An English word without plural, past or -ing ending and without its last e; model numbers, short words and other scripts as they are."""
    if not _PLAIN_WORD.fullmatch(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        root = word[: -len(ending)]
        if word.endswith(ending) and len(root) >= 3 and re.search("[aeiouy]", root):
            return root[:-1] if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz" else root
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


_FUNCTION = frozenset(_ZH_FUNCTION.split()) | frozenset(stem(word) for word in _EN_FUNCTION.split())


def terms(text: str) -> list[str]:
    """The search terms of `text` in order, repeats kept."""
    return [stem(word) for word in words(text)]


def is_content(term: str) -> bool:
    """Whether a term says what a question is about: no function word, no lone letter."""
    return term not in _FUNCTION and (len(term) > 1 or term >= "\u3400")


def content(text: str) -> list[str]:
    """The distinct content terms of `text`, in order."""
    return list(dict.fromkeys(term for term in terms(text) if is_content(term)))


def negations(text: str) -> int:
    """How many negating words `text` holds."""
    return sum(word in _NEGATION for word in words(text))

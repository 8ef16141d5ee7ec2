"""Search terms of a text: the words of `text.words`, English endings taken off, and which of them carry content; no index, no company's vocabulary."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.text.words import words

# grammar, question frames and politeness: they say nothing about what is asked
_ZH_FUNCTION = (
    "的 了 吗 呢 吧 啊 呀 哦 嘛 么 呗 啦 是 有 在 和 与 或 及 跟 同 对 对于 把 被 给 从 到 向 往 以 为 于 由 就 都 也 还 又 再 才 只 很 太 最 更 这 那 哪 "
    "这个 那个 哪个 这些 那些 哪些 这样 那样 怎样 怎么 怎么样 咋样 什么 什么样 多少 几 几个 几种 谁 何 何时 为什么 为何 如何 怎么办 咋办 是否 能 能否 "
    "能不能 可以 可不可以 可否 会 会不会 要 要不要 需要 需不需要 想 想要 请 请问 问 问下 一下 你 您 我 他 她 它 你们 您们 我们 他们 咱们 咱 自己 个 种 些 "
    "下 上 里 里面 中 后 前 之 其 而 且 但 但是 如果 要是 假如 因为 所以 还是 或者 并 并且 不 没 没有 不是 有没有 是不是 行 行不行 好 好吗 帮 帮忙 告诉 "
    "知道 说 说明 看 看看 查 一般 目前 现在 通常 大概 左右 关于 方面 情况 问题 东西 事 每 各 该 本 此 等 等等 啥 咋 可 能够 应该 应当 必须 怎 办 弄 搞 做 "
    "用 使用 进行 得 着 过 来 去 让 比 比较 多 大 小 点 有点 一些 那么 这么 还有 另外 顺便 麻烦 谢谢 您好 你好 贵司 哪里 哪儿 哪种 哪款 哪套 哪台 两款 "
    "两种 两台 两套 一 一个 一台 一套 一只 一件 一次 两 两个 几台 几套 几天 几张 几次 几号 几度 几米 多久 多长 多大 多高 多重 多粗 多热 多快 多远 "
    "多长时间 时间 时候 的话 而已 就是 不能 不行 不要 不用 不会 不到"
)
_EN_FUNCTION = (
    "a an the this that these those it its is are was were be been being am do does did done doing have has had having can could may might must shall "
    "should will would i me my mine we us our ours you your yours he she they him her his them their theirs of in on at by for with from to into onto "
    "about as than then there here and or but if so not no nor what which who whom whose when where why how much many any some all each every both either "
    "neither one ones other others another such same just only also too very more most please tell know let want need anything anybody anyone something "
    "someone nothing everything take takes took long like get gets got give gives make makes use uses used using go goes going come comes say says mean "
    "means per via up down out off over again still yet ever really actually exactly hello hi hey thanks thank ok okay well s t d ll re ve m don doesn "
    "didn isn aren wasn won can't cannot isn't don't doesn't won't possible able there's what's it's i'm i'd i've we're you're that's let's whats "
    "question"
)
# everyday verbs and fillers: they count, but little, because a document says the same thing without them
_ZH_LIGHT = (
    "买 卖 放 走 拿 开 关 发 报 送 交 收 换 改 装 打 抽 接 带 配 选 留 备 填 写 签 找 叫 算 定 出 进 起 回 变 调 设 加 减 处 所 管 谁管 出来 进去 上去 "
    "起来 回去 过来 直接 马上 立刻 一直 慢慢 一定 原来 以后 以前 之前 之后 然后 发现 意思 支持 符合 承受 要求 规定 允许 办法 注意 准备 提供 处理 安排 "
    "信息 范围 具体 标准 正常 合适 剩 库里 凑合 这台 那台 这款 那边 这边 别的 其他 部分 全部 地方 客户 产品 设备 型号 版本 今天 明天 那天 天 小时 分钟 月 "
    "年 次 台 套 只 件 张 份 位 人 字 事情 东西 够 够不够 行 够用 能用 能装 敢 肯 愿意 打算 觉得 听说 记得 比如 比方 例如 或 仍 仍然 已经 刚 刚刚 刚才"
)
_EN_LIGHT = (
    "buy sell put keep leave hold meet speak belong fit turn way side hand info detail details amount around left right back away new good fine bad thing "
    "things stuff sort kind type support allow allows accept accepts provide offer offers require requires requirement limit limits range standard normal "
    "exist existing correct proper ask asks mention work works working before after until while during since later soon first last next now today already "
    "always never often sometimes without within between above below under across along straight thumb rule day days hour hours minute minutes month "
    "months year years time times piece pieces unit units model models product products customer customers company people place places part equipment "
    "start begin happen happens look looks see find show shows think sure best better big bigger small high low whole total number numbers value values "
    "call called run runs own set"
)
_NEGATION = frozenset(
    [
        "不",
        "没",
        "没有",
        "无",
        "非",
        "未",
        "勿",
        "不能",
        "不可",
        "不可以",
        "不要",
        "不会",
        "不用",
        "不得",
        "不行",
        "禁止",
        "no",
        "not",
        "never",
        "cannot",
        "can't",
        "without",
        "none",
        "don't",
        "doesn't",
        "isn't",
        "aren't",
        "won't",
        "nor",
    ]
)
# ending -> the least that must be left
_ENDINGS = (
    (("ing", 3), ("ied", 3), ("ed", 3)),
    (("ational", 4), ("ation", 4), ("ition", 4), ("ement", 4), ("ment", 3), ("able", 4), ("ible", 4), ("ion", 4), ("ate", 4), ("at", 4)),
)
_IRREGULAR = dict(
    pair.split(":")
    for pair in [
        "brought:bring",
        "left:leave",
        "built:build",
        "spun:spin",
        "ran:run",
        "sent:send",
        "paid:pay",
        "sold:sell",
        "bought:buy",
        "made:make",
        "took:take",
        "taken:take",
        "gave:give",
        "given:give",
        "went:go",
        "gone:go",
        "came:come",
        "broke:break",
        "broken:break",
        "worn:wear",
        "wore:wear",
        "torn:tear",
        "lost:lose",
        "kept:keep",
        "held:hold",
        "found:find",
        "fell:fall",
        "fallen:fall",
        "froze:freeze",
        "frozen:freeze",
        "burnt:burn",
        "bent:bend",
        "wrote:write",
        "written:write",
        "chose:choose",
        "chosen:choose",
        "drove:drive",
        "driven:drive",
        "began:begin",
        "begun:begin",
        "shown:show",
        "told:tell",
        "said:say",
        "meant:mean",
        "met:meet",
        "hung:hang",
        "stuck:stick",
        "stood:stand",
        "hotter:hot",
        "hottest:hot",
        "colder:cold",
        "coldest:cold",
        "bigger:big",
        "biggest:big",
        "larger:large",
        "largest:large",
        "smaller:small",
        "smallest:small",
        "longer:long",
        "longest:long",
        "shorter:short",
        "shortest:short",
        "higher:high",
        "highest:high",
        "lower:low",
        "lowest:low",
        "heavier:heavy",
        "heaviest:heavy",
        "lighter:light",
        "lightest:light",
        "cheaper:cheap",
        "cheapest:cheap",
        "faster:fast",
        "fastest:fast",
        "earlier:early",
        "earliest:early",
        "later:late",
        "latest:late",
        "wider:wide",
        "thicker:thick",
        "deeper:deep",
        "men:man",
        "women:woman",
        "people:people",
        "teeth:tooth",
        "feet:foot",
    ]
)
_PLAIN_WORD = re.compile(r"[a-z]{4,}")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """An English word without its endings (plural, past, -ing, -ation, -ment, -able …); model numbers, short words and other scripts as they are."""
    if not _PLAIN_WORD.fullmatch(word):
        return word
    word = _IRREGULAR.get(word, word)
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for endings in _ENDINGS:
        for ending, least in endings:
            root = word[: -len(ending)]
            if word.endswith(ending) and len(root) >= least and re.search("[aeiouy]", root):
                word = root
                break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiousz":
        return word[:-1]
    return word[:-1] if word[-1] in "ey" and len(word) > 4 else word


FUNCTION = frozenset(_ZH_FUNCTION.split()) | frozenset(stem(word) for word in _EN_FUNCTION.split())
LIGHT = frozenset(_ZH_LIGHT.split()) | frozenset(stem(word) for word in _EN_LIGHT.split())


def terms(text: str) -> list[str]:
    """The search terms of `text` in order, repeats kept."""
    return [stem(word) for word in words(text)]


def is_content(term: str) -> bool:
    """Whether a term says what a question is about: no function word, no lone letter."""
    return term not in FUNCTION and (len(term) > 1 or term >= "\u3400")


def negations(text: str) -> int:
    """How many negating words `text` holds."""
    return sum(word in _NEGATION for word in words(text))

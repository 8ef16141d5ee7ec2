"""What a sentence may not say by itself: that something was or will be done, another language; and which sentences state nothing; pure."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.text.fold import fold
from assistant.text.script import to_simplified, to_traditional
from assistant.types import Language

_HAN = re.compile(r"[\u3007\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_OTHER = re.compile("[\u0370-\u1fff\u3040-\u30ff\uac00-\ud7af]")
_ACTS_ZH = (
    "更新|取消|修改|变更|改为|改到|改成|改好|改期|改签|登记|提交|办理|办好|办妥|处理|退款|退回|退还|预约|安排|创建|完成|撤销|下单|受理|补发|开具|寄出"
    "|发送|发出|寄送|延期|通知|联系|转交|转达|反馈|申请|预留"
    "|提醒|记录|生成|开通|激活|关闭|调整|升级|确认|批准|同意|加急|备注|锁定|恢复|重置|删除|导出|上报|发货|派送|配送|签收|送达|支付|付款|扣除|扣款"
    "|到账|换货|退货|维修|修复|检测|审核"
)
_ACTS_EN = (
    "updated|changed|cancelled|canceled|refunded|booked|registered|submitted|rescheduled|done|processed|arranged|scheduled|moved|placed|issued"
    "|reissued|exchanged|credited"
    "|postponed|shipped|sent|taken care of|confirmed|completed|created|approved|emailed|e-mailed|notified|informed|forwarded|escalated|logged|opened"
    "|closed|reset|restored|deleted"
    "|exported|upgraded|activated|reserved|requested|contacted|noted|recorded|filed|applied|added|removed|fixed|resolved|dispatched|delivered|charged"
    "|paid|transferred|extended"
    "|waived|returned|repaired|replaced|corrected|raised|passed on|checked|used|received|collected|signed|started|finished|made|set up|called|prepared|packed"
)
DONE = re.compile(
    rf"已(?:经)?(?:为您|帮您|给您|替您|向您|被|全部|成功|于[^，。]{{1,14}})?(?:{_ACTS_ZH})|(?:{_ACTS_ZH})(?:成功|完毕|好了|完成|了(?=[，。！!,]|$))"
    rf"|(?:刚刚?|刚才)(?:为您|帮您|给您|把)?[^，。]{{0,8}}(?:{_ACTS_ZH})"
    rf"|(?:我|我们|系统|同事)(?:已|已经)(?!知|了解|签)|\b(?:has|have|had|'ve)\s+(?:been\s+|now\s+|just\s+|already\s+|all\s+|both\s+|also\s+"
    rf"|successfully\s+)*(?:{_ACTS_EN})\b"
    rf"|\b(?:was|were|got)\s+(?:now\s+|just\s+|already\s+|successfully\s+)*(?:{_ACTS_EN})\b|\b(?:is|are|'s)\s+(?:now|just|already)\s+(?:{_ACTS_EN})\b"
    rf"|\b(?:i|we)\s+(?:now\s+|just\s+|already\s+|successfully\s+)*(?:{_ACTS_EN})\b|^\s*(?:all )?(?:done|updated|cancelled|canceled|confirmed)\b"
    rf"|\ball set\b|\b(?:went|gone) through\b"
    rf"|\b(?:{_ACTS_EN})\s+successfully\b",
    re.IGNORECASE,
)
_ACTOR = re.compile(
    rf"已(?:经)?(?:为您|帮您|给您|替您|向您)|(?:我|我们)(?:已|刚)|\b(?:i|we)(?:'ve|\s+have|\s+just|\s+already|\s+now)?\s+(?:just\s+|already\s+"
    rf"|now\s+)?(?:{_ACTS_EN})\b|\ball set\b|^\s*(?:all )?done\b",
    re.IGNORECASE,
)
PROMISE = re.compile(
    r"(?:我|我们|同事|客服|系统|专员|工程师|售后|技术)[^。；，,]{0,6}(?:会|将|马上|稍后|尽快|立即|这就)[^。；]{0,14}(?:致电|回电|联系|回复|打给|通知"
    r"|发邮件|发给|跟进|查|帮|处理|安排|办理|登记|提交|寄|补发|退)"
    r"|(?:会|将|马上|稍后|尽快|立即|这就)(?:为您|帮您|给您|替您|向您|与您|跟您|和您|把)|(?:我|我们)(?:来|去|可以)?(?:帮您|为您|替您)(?!解|介绍|说明)"
    r"|保证(?!金|书|期)|承诺(?!书)|包您|一定(?:会|能)|绝对(?:会|能)"
    r"|\b(?:i|we|our (?:team|colleagues?|engineers?|staff)|someone|somebody|a colleague|an engineer|the team)(?:'ll| will| am going to| are going to"
    r"|'m going to|'re going to| shall)\s+(?:\w+\s+){0,2}?"
    r"(?:call|phone|ring|e-?mail|contact|get back|follow|look into|let you know|notify|keep you|arrange|send|book|make sure|ensure|check|cancel"
    r"|refund|change|update|process|take care|handle|register|submit|ship|forward|"
    r"pass|issue|prepare|open|escalate|add|give|fix|help|try|reserve|hold|sort|get|put|see|do|do my|organi[sz]e|replace|waive|deliver|offer|guarantee)\b"
    r"|\b(?:i|we)\s+(?:promise|guarantee|assure)|\bguaranteed?\b(?=\s+(?:to|that|you))|\bleave it (?:to|with) (?:me|us)\b|\bis guaranteed\b",
    re.IGNORECASE,
)
# sentences made of these words only, with one that greets, thanks, wishes or offers to answer, state nothing
_EMPTY_WORDS = (
    "明白您的意思 明白您的问题 给您添麻烦了 不好意思 联系我们 注意安全 耐心等待 没问题 帮到您 下午好 对不起 中午好 好问题 了解了 "
    "订单号 发给我 早上好 不用谢 上午好 告诉我 联系我 不客气 大家好 可以的 不清楚 帮您的 收到了 晚上好 解答了 不明白 明白了 造成 "
    "抱歉 一切 对您 十分 支持 您好 能够 要是 如下 带来 周末 型号 好的 这些 照片 联系 就好 为您 其它 提问 理解 辛苦 继续 "
    "解释 内容 操作 情况 使用 其他 问我 结果 的话 即可 给您 上述 祝您 有所 关于 数量 疑问 一点 当然 工作 旅途 这个 随时 "
    "就行 什么 以下 生意 问题 购物 让我 解答 非常 来信 接着 任何 别的 以上 您的 多谢 如果 耐心 但愿 谢谢 地方 下面 要点 "
    "尽管 告诉 安装 希望 欢迎 帮助 了解 不便 需要 你好 回答 兴隆 平安 我来 发来 介绍 路上 谅解 见谅 再见 接线 生活 具体 "
    "愉快 可以 收到 调试 详细 一下 明白 说明 信息 顺利 请问 感谢 咨询 是的 请 想 来 的 你 说 如 祝 些 问 了 是 嗯 得 "
    "哦 更 好 有 您 也 我 把 能 吗 很 还 再 若 "
)
# the longest word first and no way back: linear in the text
_EMPTY_ZH = re.compile(rf"(?:{'|'.join(sorted(_EMPTY_WORDS.split(), key=len, reverse=True))}|[\s，,。.！!？?：:、~～])++")
_HEAD_ZH = re.compile(
    r"好的?[，。！!]?$|您好|你好|[早午晚]上?好|谢谢|多谢|感谢|抱歉|对不起|不好意思|再见|祝|如下|希望|帮助|疑问|问题|问我|提问|再问|来问|随时|告诉我"
    r"|联系我|发给我|咨询|欢迎|不客气|收到|明白|没问题|当然|是的|注意安全|添麻烦|谅解|见谅|解释|说明|解答|介绍|不便"
)
_EMPTY_EN = re.compile(
    r"(?:[\s,.!?:;'’-]|\b(?:hi|hello|hey|dear|customer|sir|madam|good|morning|afternoon|evening|ok|okay|sure|certainly|of|course|absolutely|great"
    r"|question|questions|thank|thanks|you|your|very|so|much|for|message|patience|interest|enquiry|inquiry"
    r"|understanding|asking|reaching|out|getting|in|touch|contacting|us|waiting|are|re|welcome|my|pleasure|no|problem|worries|sorry|i|m|am|we|about"
    r"|that|this|to|hear|the|any|inconvenience|trouble|understand|understood|got|it|noted|happy|glad|pleased"
    r"|help|goodbye|bye|best|kind|regards|have|a|nice|day|safe|trip|week|luck|with|job|let|me|explain|summari[sz]e|clarify|allow|here|s|is|what|some"
    r"|an|details?|answer|answers|information|summary|overview|short|key|points|found|need|know|go|as|follows|below|hope|helps|helpful|was"
    r"|please|just|feel|free|do|ask|tell|if|whether|other|others|more|anything|further|else|there|would|d|like|unclear|not|clear|can|may|how|another"
    r"|again|write|all|enjoy|project|next|step|look|forward|from|hearing|care|take|will|be|at|time|regarding|good)\b)++",
    re.IGNORECASE,
)
_HEAD_EN = re.compile(
    r"^\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|ok(?:ay)?|sure|certainly|of course|absolutely|great|thank|you(?:'re| are) welcome"
    r"|my pleasure|no (?:problem|worries)|(?:i'm |i am |we're |we are )?(?:so |very )?sorry|understood|got it|noted"
    r"|(?:i'm |i am |we're )?(?:happy|glad|pleased) to help|(?:i'm |i am )?(?:happy|glad) to (?:explain|tell|answer|clarify)|goodbye|bye|best|kind"
    r"|have a|enjoy|good luck|good question|let me|allow me|here(?:'s| is| are| you)|in short|the details|to answer|regarding|about your|(?:i "
    r"|we )?hope|(?:please )?(?:just )?(?:let me|feel free|ask|tell me|write)"
    r"|if (?:you|anything|there)|is there|do you have|any|anything|what else|how (?:can|may)|i understand|take care|i look|looking)",
    re.IGNORECASE,
)
_ASK_ABOUT = re.compile(
    r"^\s*(?:please |just )*(?:feel free to|do|you can|you may|just) ask (?:me )?about (?:a |an |the |any |your )?[a-z -]{2,30}[.!]?$", re.IGNORECASE
)
_VERDICT = re.compile(
    r"^\s*(?:(?P<yes>yes|可以的?|能|是的|对的?|行|当然可以|当然|有的|没错)|(?P<no>no|不可以|不能|不行|不是|不|没有|不会|不需要|不用|not really"
    r"|unfortunately not|i'm afraid not)|(?P<both>unfortunately|很抱歉|抱歉|不好意思|i'm sorry|sorry))\s*[,，:：]\s*(?=\S{2})",
    re.IGNORECASE,
)
# said of a state that is supposed, or of things by their state
_SUPPOSED = re.compile(
    r"\b(?:once|after|when|if|until|before|unless|as soon as|as long as|whenever)\b[^,.;:]{0,80}|\b(?:that|which|who)\s+(?:you\s+)?(?:has|have|had"
    r"|was|were)\b[^,.;:]{0,40}|\b(?:can|could|may|must|will|should|shall)(?:not|n't)?\s+(?:be|have been)\s+\w+"
    r"|(?:如果|若|一旦|只要|等到?|在)[^，。；]{0,16}|已[^，。；已]{1,8}的|[“\"「]已[^”\"」]{1,6}[”\"」]|(?:不能|没有|没|未|无法|不可以|不可|不会|不得"
    r"|不再)[^，。；]{0,12}|[^，。；]{0,16}(?:以后|之后|之前|以前|后|前)(?=[，。；]|才|再|就|不|会)",
    re.IGNORECASE,
)


def verdict(sentence: str) -> tuple[str, str]:
    """A sentence without the yes, no or regret it opens with, and which it was ("yes", "no", "")."""
    match = _VERDICT.match(sentence)
    if not match:
        return sentence, ""
    return sentence[match.end() :], "yes" if match["yes"] else "no" if match["no"] else ""


@lru_cache(maxsize=1024)
def states_nothing(sentence: str) -> bool:
    """Whether a sentence is a greeting, an opening, a closing or an offer to answer more, and nothing else."""
    text = to_simplified(fold(sentence)).strip()
    if len(text) > 200 or re.search(r"\d", text):
        return False
    if _HAN.search(text):
        return bool(_EMPTY_ZH.fullmatch(text) and _HEAD_ZH.search(text))
    return bool((_EMPTY_EN.fullmatch(text) and _HEAD_EN.match(text)) or _ASK_ABOUT.match(text))


def completion(sentence: str) -> bool:
    """Whether a sentence says that something has been done."""
    return bool(DONE.search(_SUPPOSED.sub(" ", to_simplified(fold(sentence)))))


def acted(sentence: str) -> bool:
    """Whether a sentence says that we did it, which no record states."""
    return bool(_ACTOR.search(_SUPPOSED.sub(" ", to_simplified(fold(sentence)))))


def promised(sentence: str) -> bool:
    """Whether a sentence promises an action or assures an outcome."""
    return bool(PROMISE.search(to_simplified(fold(sentence))))


_ASSURED = re.compile(r"保证(?!金|书|期)|承诺(?!书)|一定(?:会|能)|绝对(?:会|能)|\bguarantee|\bpromise|\bassure", re.IGNORECASE)


def assured(sentence: str, known: str) -> bool:
    """Whether a sentence gives an assurance that no source gives in such words."""
    return bool(_ASSURED.search(to_simplified(fold(sentence)))) and not _ASSURED.search(to_simplified(known))


def in_language(sentence: str, language: Language, known: str) -> str:
    """ "" when a sentence is in the language and script; "language" otherwise, "foreign" for other scripts. Names may stand as `known` texts write them."""
    text = fold(sentence)
    if any(char not in known for char in _OTHER.findall(text)):
        return "foreign"
    han, latin = _HAN.findall(text), _LATIN.findall(text)
    if language == "en":
        return "" if not han or (len(latin) > len(han) and all(char in known for char in han)) else "language"
    if not han and len(latin) > 2:
        return "language"
    lower = known.lower()
    stray = [word for word in latin if word.lower() not in lower]
    if len(stray) > 3 or len(latin) > len(han) + 3:
        return "language"
    wanted = to_traditional(text) if language == "zh-Hant" else to_simplified(text)
    wrong = [char for char, right in zip(text, wanted, strict=True) if char != right and char not in known]
    return "language" if len(wrong) > 1 else ""

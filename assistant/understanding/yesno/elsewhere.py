"""What every word of a consent covers and still is none: it consents to something else, says only that it was read, is quoted, struck out, doubted or mocked.

Forms and closed classes of words; no judgement of whole messages. "Confirm" and its like are taken for the preview only where nothing but the preview, or
what is asked about it, is what they confirm.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from assistant.types import Json

# a mark of a question in any shape; words that are quoted or struck out
_MARKS = re.compile(
    r"[⁇⁈⁉‽❓❔¿¡⸮؟]|(?:^|\n)\s*[>》|｜»]|(?:^|[\s,，])~~(?=\S)[^~]+~~(?=\s*$|[\s,，.。])|<(?:del|s|strike|strikethrough|quote|blockquote|q)>|[\u0335-\u0338]"
)
_TRAILS = re.compile(r"(?:\.{2,}|…+|。{2,}|、+|[~-]{3,})[\s)）]*$")
_FIRM = re.compile(r"确认|同意|批准|授权|执行|办理|提交|[改办]吧|\b(?:confirm\w*|agree\w*|approv\w+|accept\w*|go ahead|do it|proceed|please|submit)\b")
_PRAISE_EN = (
    r"(?:great|good|nice|wonderful|fantastic|lovely|super|brilliant|genius|excellent|awesome|terrific|splendid|superb|marvell?ous|clever|smart|fabulous|bright)"
)
_MOCKS = re.compile(
    rf"^(?:oh|ah|wow|gee|ooh|aw|yeah right)\b(?!.*\b(?:please|confirm|go ahead|do it)\b).*\b{_PRAISE_EN}(?: (?:idea|plan|thinking|thought|job|work|stuff"
    rf"|move))?"
    rf"(?: (?:indeed|really))?$|^(?:yes|sure|ok|okay|right|of course) (?:what an? |a |such an? )?{_PRAISE_EN} (?:idea|plan|thinking|thought|move|joke)$"
    r"|呵{2}|^(?:可|还|倒|你们?)真(?:好|行|棒|会|厉害)[啊呀哦呢]*$|真是(?:个|太|好|绝|妙)[^，。]{0,3}(?:主意|想法|安排|点子)|(?:好|妙|绝)(?:主意|点子)"
)
_BOTH = re.compile(
    r"\b(?:yes|yeah|yep|ok|okay|sure|fine|confirm(?:ed)?|agree(?:d)?|approved?|go ahead|do) (?:to |with |for |on )?(?:both|the two|all (?:two|three))"
    r"(?: (?:of (?:them|those|these)|please|changes|requests|orders|things))*$|^both(?: (?:yes|ok|okay|please|are (?:fine|ok|okay)|fine))?$"
    r"|(?:两|三|俩|2|3) ?(?:个|件|样|单|笔|者)?(?:事情?|订单|改动|变更)?(?:都|全|均)(?:确认|同意|可以|行|好|要|办|改|取消)"
)

# what is confirmed beside the preview: that something was read or known, and acts and states that no preview is about
_READ_ZH = (
    r"(?:已经|已|都|我|我们|刚|刚刚|全部|完全|仔细|认真|均)*(?:收到|收悉|知悉|知晓|获悉|阅读|阅|读|看|浏览|查看|查阅|过目|知道|了解|明白|清楚|理解|懂|听到|听见|记住|记下|签收)"
    r"(?:过|到|了|完|毕|懂|清楚|明白|无误|这个|此|上述|以上|消息|信息|内容|通知|条款|说明|啦|的)*"
)
_ACTS_ZH = (
    r"(?:付款|支付|打款|转账|汇款|结账|结算|对账|收款|开户|验收|签收|收货|到货|发货|出库|入库|下单|订购|订货|采购|购买|续费|续订|续约|签约|签字|盖章|出席|参会|到场|到会|报名"
    r"|参加|入职|上班|请假|身份|账号|密码|邮箱|合同|报价|库存)"
)
_STATE_ZH = r"(?:我们?|本人|我方|我司)(?:是|有|已|已经|没|没有|会|能|不|无)"
_SAYS_ZH = r"(?:确认|确定|同意|认可|批准|证明|保证|声明|承认)"
_SUBJECT_EN = r"(?:i|we)(?:ve|m|d|re)?(?: (?:have|had|do|am|are|was|were|did|also|already|now|fully|just|hereby|been|carefully|only|both|all|can|could))*"
_MEANING = (
    r"(?:want|wanted|agree\w*|accept\w*|approv\w+|confirm\w*|consent\w*|wish|like|need|happy|fine|ok|okay|glad|good|satisfied|authori[sz]e|in agreement"
    r"|in favou?r|going ahead|pay|will|would|no longer|dont|cancel\w*|proceed\w*|ready|willing|bear|cover)"
)
_SAYS_EN = r"(?:confirm|agree|accept|acknowledge|certify|declare|state|consent|approve|affirm)(?:s|ed|ing)?"
_READ_EN = r"(?:read|reading|receipt|received|receiving|saw|seen|see|seeing|know|knowing|noted|understand|understood|understanding|got|notice|aware)"
_READ_OBJECT = (
    r"(?: (?:it|this|that|them|all|everything|both|the|your|my|message|mail|email|note|terms|text|above|and|i|have|ve|it all|through|now|thanks|thank you))*"
)
_PAID_EN = (
    r"(?:payment|my payment|the payment|delivery|receipt|arrival|attendance|my (?:identity|account|email|address|name|phone|order)"
    r"|the (?:delivery|invoice|quote|contract))"
)
_OTHER = re.compile(
    rf"{_SAYS_ZH}{_READ_ZH}(?![，,]?(?:同意|可以|确认|没问题|接受|办|就))(?=$|[，,。！!；;\s])"
    rf"|{_SAYS_ZH}(?:已经?|要|了|并|我|我们|我方|我司)*{_ACTS_ZH}(?:了|完成|成功|无误|完|的)?(?=$|[，,。！!；;\s吧])|{_SAYS_ZH}{_STATE_ZH}"
)
_OTHER_EN = re.compile(
    rf"\b{_SAYS_EN} (?:that )?{_SUBJECT_EN} (?!{_MEANING}\b)[a-z]+|\b{_SAYS_EN} (?:the |my |our |your )?{_READ_EN}\b{_READ_OBJECT}$"
    rf"|\b{_SAYS_EN} {_PAID_EN}$|\b(?:confirm|acknowledge|certify|declare|state)(?:s|ed|ing)? (?:that )?(?:the|a|your|this) [a-z ]{{3,24}} (?:is|are|was) §$"
)
_ONLY_READ = re.compile(
    rf"^(?:yes|yeah|yep|yup|ok|okay|sure|right|fine|alright|all right)(?: (?:i|we|it|this|that|is|was|have|ve|been|all|already|now|well|just|message))*"
    rf" {_READ_EN}{_READ_OBJECT}$"
)
_THE_ORDER = re.compile(r"\b(?:confirm|accept|approve|keep) (?:the|my|our|this) (?:whole )?order(?: §)?$|(?:确认|同意|保留)(?:这个|此|该|我的)?订单(?:吧|的)?$")


def consents_elsewhere(form: str, simple: str, groups: Set[str], *, shown: Mapping[str, tuple[Json, ...]]) -> bool:
    """Whether a message (in matching form, and in simplified lower case) shows that its consent is not meant for the preview, which does these acts."""
    if _MARKS.search(simple) or (_TRAILS.search(simple) and not _FIRM.search(simple)) or _MOCKS.search(form):
        return True
    if _BOTH.search(form) and not _two(shown):
        return True
    if "cancel" in groups and _THE_ORDER.search(form):
        return True
    other = _OTHER.search(simple)
    return other is not None or _OTHER_EN.search(form) is not None or _ONLY_READ.search(form) is not None


def _two(shown: Mapping[str, tuple[Json, ...]]) -> bool:
    """Whether a preview shows two pieces or several lines, which "both" may mean."""
    lines = [item for listed in shown.get("items", ()) if isinstance(listed, list | tuple) for item in listed if isinstance(item, Mapping)]
    return len(lines) > 1 or any(item.get("quantity") == 2 for item in lines) or 2 in shown.get("quantity", ())

"""How people consent, refuse, acknowledge and are polite, in Chinese and English; the words of a language, not of a company.

Phrases are written simplified, in lower case and without punctuation and apostrophes, as `yesno.py` brings messages to that form. "§" stands for a value
that the preview shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

FILLER, SOFT, PLAIN, NOTED = 0, 1, 2, 3  # harmless; a yes by itself; a yes in any company; only says that something was understood
Clause = tuple[re.Pattern[str], int, bool]  # what it looks like, what it says, whether it has to end where a clause ends


@lru_cache(maxsize=2048)
def bounded(pattern: str) -> re.Pattern[str]:
    """`pattern` with at most five rounds of every repeated group: words that can be split in two ways would else take exponential time to fail."""
    return re.compile(pattern.replace(")*", "){0,5}").replace(")+", "){1,5}"))


@dataclass(frozen=True, slots=True)
class Act:
    """What a preview would do, by the words for it; only where the preview does it do they consent ("确认取消")."""

    zh: tuple[str, ...]
    en: tuple[str, ...]


# consent that can mean nothing else
EXPLICIT_ZH = """
就按§ 就按§来 就按§办 就按§送 就按§改 按§ 按§来 按§办 按§送 改到§吧 §吧 就定§吧 可行 可以执行 准予 照准 特此确认 悉同意 已阅同意 没二话 没得说 必须滴 就它
行就这 那没问题 可以照办 同意照办 那好就改 没啥意见 无意见 均无异议 均正确 完全没意见
确认 确定 同意 可以 可以的 行 行的 可 是 是的 是滴 是哒 对 对的 对滴 对头 没错 没错的 没问题 没有问题 没啥问题 没什么问题 木有问题 莫问题 冇问题 完全没问题
都没问题 肯定 肯定的 当然 当然了 当然可以 当然行 当然好 必须 必须的
没毛病 没意见 没有意见 我没意见 我没有意见 无异议 没异议 没有异议 我没异议 不反对 我不反对 正确 无误 准确 属实 确认无误 核对无误 信息无误 信息正确 内容正确
内容无误 都对 全对 都正确 全部正确 完全正确 完全同意 完全可以 非常同意
十分同意 认可 批准 准了 准 赞成 赞同 接受 我接受 授权 我授权 通过 我同意 我确认 我确定 我们同意 我们确认 我方同意 我方确认 我司同意 我司确认 本人同意
本人确认 公司同意 确认了 确定了 同意了 已确认 我已确认 可以了 就这样 就这样吧 就这样好了
就这么办 就这么办吧 就这么定 就这么定了 就这么定吧 就这么着 就这么着吧 就这么来 就这么做 就这么做吧 就这么改 就这么改吧 就这样办 就这样办吧 就这样定
就这样定了 就这样改 就这样改吧 就这样做 就按这个来 就按这个 就按这个办 就按这个改 按这个来 按这个来吧 按这个办
按这个改 按这个改吧 按这个执行 按此办理 按此执行 照此办理 照办 照这个改 照这个来 照这样改 照这样 依此办理 就依你 那就这样 那就这样吧 那就这么办
那就这么办吧 那就这么定了 那就这么定 那就这么改 那就这么改吧 那就改 那就办 那可以
按你说的来 按你说的办 按你说的改 按您说的来 按您说的办 按您说的改 按上面的来 按上面的办 按上面的改 按以上办理 按以上执行 以上正确 以上无误 以上没问题
上述正确 上述无误 确认吧 确定吧 同意吧 是这样 是这样的没错 对就这样 要的 需要的 中 中吧 成 成交 妥 妥了 妥妥的 得嘞 要得
这样可以 这样可以的 这样行 这样就行 这样就好 这样就可以 这样没问题 这个可以 这个行 这个没问题 我可以 我这边可以 我这边没问题 我们这边没问题 我们这边可以
我没问题 我们没问题 就是这样 就是这个 就它了 就这个 就这个吧 系 系嘅 允许 许可 愿意 我愿意 安排 安排吧 走起 弄吧 搞吧 整吧 来吧 办吧
去办吧 去弄吧 继续 继续吧 请继续 执行 提交 办理 操作 请操作 请处理 请办理 请执行 请提交 开始吧 搞起 就§ 就§吧 就是§ §就行 §就好 §就可以 §可以 §没问题 §对
§没错 §行 §确认 得就这样 得就这么办 得就这么着 ok的 ok了 没问题的 是这个意思 是我要的 正是 正合我意 是的没错 说定了 就定§ 定§ 那就§ 那就§吧
"""
# consent that is a yes by itself but not beside "got it" or "noted"
SOFT_ZH = """
好 好的 好滴 好哒 好嘞 好咧 好呀 好啊 好吧 好呢 好哦 好的呢 好的呀 好的吧 好的哈 行吧 行啊 行呀 行嘞 行哈 成吧 嗯 嗯呢 嗯哪 嗯嗯 恩 恩恩 恩呢 唔 昂 很好
太好了 挺好 挺好的 非常好 不错可以 欧克 欧了 欧啦 哦克 哦了 奥克 得 好哇 好勒 好德 号的 好得 好好 很可以
"""
POLITE_ZH = """
兹 特此 我看过了 看过了 核对过了 我核对过了 已核对 检查过了 都看过了 都核对过了 再次感谢
谢谢 谢谢你 谢谢您 谢谢啦 谢谢了 谢谢哈 谢啦 谢了 多谢 多谢了 感谢 非常感谢 十分感谢 感激不尽 谢谢客服 辛苦 辛苦了 辛苦你 辛苦您 辛苦你了 辛苦您了 辛苦啦
麻烦 麻烦你 麻烦您 麻烦了 麻烦你了 麻烦您了 麻烦啦 拜托 拜托了 劳驾 有劳 有劳了 费心了
请 啊 呀 哦 噢 喔 哈 啦 咯 喽 哒 滴 嘞 咧 呐 哟 哎 诶 唉 额 呃 嘿 嘻嘻 哈哈 哈哈哈 呵呵 嘿嘿 你好 您好 那 那就 那么 就 我 没事 没事儿 没关系
尽快 请尽快 尽快处理 请尽快处理 尽快办理 尽快安排 请尽快安排 尽快操作 越快越好 快点 快一点 赶紧 赶紧的 马上 立刻 立即 现在 现在就 直接
改到§ 改成§ 改为§ 到§ 是§ 为§ § 订单§ §的 §这单 §那单 §号 这个 这单 这个订单 本单 该订单 尽快吧 赶紧吧 快点吧 尽快哈 尽快啊
"""
ACKNOWLEDGED_ZH = "知道了 我知道了 知道啦 收到 收到了 明白 明白了 了解 了解了 懂了 清楚 清楚了 晓得了 看到了 理解 理解了 知道 好的知道了"

EXPLICIT_EN = """
i dont see why not|dont see why not|i see no reason why not|no reason not to|cant see why not|crack on|have at it|full steam ahead|its a go|
good by us|thatll work|that will work|thatd be great|thatd be fine|thatd be good|thatd be perfect|would be great|works great|go for §|
go for the §|go with §|go with the §|lets go with §|lets go with the §|stick with §|stick with the §|make it the §|i want §|§ then|same as shown|
by all means yes|
yes|yeah|yea|yep|yup|ye|yah|yas|yass|yeh|yessir|yes sir|yes maam|aye|sure|sure thing|for sure|of course|certainly|absolutely|definitely|agreed|i agree|
we agree|i agree to it|i agree to this|i agree to that|approve|approved|i approve|we approve|
i approve it|i approve this|approve it|approve this|you have my approval|you have my ok|you have my okay|you have my consent|you have my permission|
you have the green light|green light|i consent|consent given|confirm|confirmed|i confirm|we confirm|confirming|
confirm it|confirm this|confirm that|i confirm it|i confirm this|i confirm that|i can confirm|we can confirm|i do confirm|i hereby confirm|hereby confirmed|
i would like to confirm the change|id like to confirm the change|happy to confirm the change|i confirm the new date|i agree to the new date|
i accept the fee|accept the fee|i agree to the fee|ok with the fee|fee accepted|i acknowledge the fee|i accept the price|i accept the price difference|
i accept the charge|sounds like a plan|thumbs up|hell yes|sure why not|yes why not|ok why not|this is right|yse|yss|yeas|haode|hao de|keyi|queren|shide|
duide|meiwenti|everything looks good|all looks good|it all looks good|everything looks fine|everything looks right|everything looks correct|
it all looks right|ys|i am sure|consider it confirmed|confirmation given|correct|all correct|thats correct|
that is correct|this is correct|its correct|it is correct|correct indeed|everything is correct|all is correct|thats right|that is right|
thats all right by me|exactly|exactly right|exactly that|indeed|affirmative|roger|roger that|go|go ahead|go for it|go on then|go right ahead|
please go ahead|go ahead with it|
go ahead with that|go ahead with this|go ahead with the change|go ahead and do it|go ahead and do that|go ahead please|do it|do that|do so|do this|
please do|please do it|please do so|please do that|just do it|lets do it|lets do that|lets do this|lets go|lets go ahead|lets go for it|lets go with that|
lets go with it|
lets proceed|make it so|make it happen|make the change|make that change|make this change|make the changes|make those changes|please make the change|
please make that change|please make this change|please make the changes|process it|please process|please process it|please process this|process this|
proceed|please proceed|
proceed with it|proceed with that|proceed with this|proceed with the change|please proceed with it|please proceed with this|please proceed with the change|
you may proceed|you can proceed|ok to proceed|okay to proceed|happy to proceed|ready to proceed|carry on|please carry on|continue|please continue|submit|
submit it|please submit|
please submit it|submit this|apply it|please apply it|apply the change|book it|please book it|put it through|push it through|thats the one|that is the one|
thats it|that is it|thats what i want|that is what i want|thats what i wanted|that is what i wanted|thats what i need|that is what i need|
thats what i meant|that is what i meant|thats what we want|
thats what i asked for|i want that|i want it|i want this|i do|we do|i would|id like that|i would like that|id love that|that would be great|
that would be good|that would be fine|that would be perfect|that would be lovely|that would be ideal|that will be fine|thatll be fine|thatll do|
that will do|that works|this works|works for me|
that works for me|this works for me|it works for me|works for us|that works for us|sounds good|that sounds good|sounds great|that sounds great|sounds right|
sounds fine|sounds perfect|sounds good to me|looks good|that looks good|it looks good|looks great|looks right|looks correct|that looks right|
that looks correct|looks fine|looks good to me|lgtm|
good to go|were good to go|its good to go|im good with that|im good with it|im good with this|we are good with that|im ok with that|im ok with it|
im ok with this|im okay with that|im okay with it|im okay with this|im fine with that|im fine with it|im fine with this|we are fine with that|
were fine with that|were ok with that|im happy with that|
im happy with it|happy with that|ok with me|okay with me|fine with me|fine by me|ok by me|okay by me|good with me|good by me|good for me|suits me|
that suits me|suits us|that suits us|thats fine|that is fine|this is fine|thats fine by me|thats fine with me|thats ok|thats okay|that is ok|that is okay|
this is ok|thats good|that is good|thats great|thats perfect|
that is perfect|thats acceptable|acceptable|accept|accepted|i accept|we accept|i accept it|i accept this|i accept that|no objection|no objections|
no objections here|no objection here|no objection from me|i have no objection|i have no objections|by all means|you bet|totally|naturally|deal|done deal|
its a deal|youve got a deal|you can do that|you can do it|you may|
you can go ahead|you may go ahead|feel free to proceed|feel free to go ahead|im sure|i am sure|quite sure|positive|im positive|very well|why not go for it|
why not go ahead|why not do it|you can|§ is fine|§ works|§ is good|§ is perfect|§ is great|§ is ok|§ is okay|§ is correct|§ is right|§ it is|make it §|
§ please|§ sounds good|§ works for me|
right go ahead|right then go ahead|§ is good for me|§ is fine with me|§ suits me|§ is what i want|its §|thats §|from my side yes|good for us|do proceed|
do go ahead|pls do|pls proceed|pls go ahead|pls do it|kindly proceed|kindly go ahead|kindly do|please go on|yes confirmed|consider it approved|
permission granted|you have my go ahead|thats a yes|its a yes|that is a yes|a yes from me|yes from me|yes from us
"""
SOFT_EN = """
ok|okay|surely|okey|okie|oki|okay dokey|okey dokey|okie dokie|k|kk|okk|alright|all right|alrighty|fine|its fine|good|very good|great|perfect|excellent|
wonderful|lovely|cool|brilliant|awesome|fantastic|works|y|ya|oke|okidoki|aight|
"""
POLITE_EN = """
right|i checked|checked|
please|pls|plz|plse|kindly|thanks|thank you|thank u|thankyou|thx|ty|tks|tnx|cheers|ta|thanks a lot|thanks so much|thanks very much|thank you so much|
thank you very much|thank you kindly|many thanks|much appreciated|much obliged|appreciated|appreciate it|i appreciate it|greatly appreciated|thanks again|
thank you again|thanks for your help|
thank you for your help|thanks for the help|thanks for checking|thank you for checking|thanks in advance|thank you in advance|regards|best regards|
kind regards|warm regards|best|hi|hello|hey|dear team|team|sir|madam|maam|mate|man|buddy|guys|folks|oh|ah|ahh|aha|haha|hahaha|lol|heh|hehe|then|now|
right now|right away|straight away|asap|immediately|at once|
as soon as possible|as soon as you can|when you can|for me|for us|and|no problem|no problem at all|no worries|not a problem|no issue|no issues|all good|
everything is fine|very much|indeed so|as shown|as shown above|as per above|as you said|as you proposed|as suggested|dear|it is|i am|we would|i would|go on|
this order|as stated|as proposed|as above|as described|as discussed|as agreed|as per the preview|with that|with it|with this|with that change|
with the change|with the changes|
with this change|to that|to this|to it|to the change|to the changes|to this change|to that change|the change|this change|that change|the changes|
these changes|this order|the request|from me|from my side|from our side|on my side|on our side|on our end|on my end|
§|the §|to §|on §|to the §|for the §|on the §|for order §|order §|for §|that one|i hereby|we hereby|the update|
"""
ACKNOWLEDGED_EN = (
    "got it|gotcha|noted|understood|i see|i understand|i got it|copy that|copy|makes sense|that makes sense|good to know|received|"
    "acknowledged|ack|understand|i know|duly noted|aha i see|interesting"
)

SOFT_SIGNS = "🫡"
YES_SIGNS = "👍 👌 ✅ ✔ ☑ 🆗 🙆 💯 ⭕"
NO_SIGNS = "👎 ❌ ✖ 🚫 🙅 ❎ ⛔ ✋ 🛑"
NEUTRAL_SIGNS = (
    "🙏 😊 😀 😃 😄 😁 🙂 😉 😍 🥰 ❤ 🌹 🎉 👏 🤝 💪 😂 🤣 😅 🌞 ☺ 😎 🤗 💐 🫶 ✨ 🌸 😌 😇 🥳 🍻 ☕ 🔥 🚀 🙌 👊 ✊ 😘 💕 💖 "
    "💗 💓 ♥ 🧡 💛 💚 💙 💜 😆 😋 🤩 ⭐ 🌟 ⚡ 🎊 🥂 🫰 🌈 🍀 ☀ 🏃 ✌ 🤙 🤞 💃 🕺 🎈 🌷 🌻 🌺 😺 🐶 🐼"
)

ACTS: Mapping[str, Act] = {
    "change": Act(
        ("修改", "变更", "更改", "调整", "改期", "更新", "改"),
        ("change", "update", "move", "reschedule", "shift", "amend", "modify", "push", "adjust", "switch"),
    ),
    "cancel": Act(("取消订单", "取消", "撤单", "退订", "撤销订单"), ("cancel",)),
    "return": Act(("退货", "退回", "退掉", "退"), ("return", "send back")),
    "exchange": Act(("换货", "更换", "调换", "换掉", "换"), ("exchange", "swap", "replace")),
    "invoice": Act(("开票", "开发票", "开具", "重开", "开"), ("invoice", "issue", "reissue")),
    "claim": Act(("申报", "理赔", "报损", "索赔"), ("claim", "report", "file")),
    "repair": Act(("报修", "维修", "修"), ("repair", "fix")),
    "order": Act(("下单", "订购", "购买", "买"), ("order", "buy", "purchase")),
}
NEUTRAL_ACT = Act(
    ("登记", "提交", "办理", "处理", "操作", "执行", "进行", "继续", "安排", "办", "做", "弄", "搞", "整", "落实", "生效"),
    (
        "do",
        "process",
        "submit",
        "apply",
        "execute",
        "book",
        "register",
        "proceed",
        "continue",
        "finalize",
        "finalise",
        "implement",
        "complete",
        "make the change",
        "make that change",
    ),
)

# what makes a message that is no plain consent a refusal …
REFUSAL_ZH = (
    r"^不+(?:谢谢.*)?$|不(?:要|用|必|需要|行|可以|可|同意|对|是|改|换|退|取消|确认|想|办|弄|了|干|好|成|接受|批准|变|动|折腾|提交|登记|"
    r"修改|变更|麻烦了)|(?<!分)别(?!人|的|处|墅|家|样)|算了|算啦|算咯|罢了|作罢|放弃|拒绝|否|没必要|没有必要|免了|打住|停(?!产|机|车|电|工|泵)|"
    r"撤[销回]|反悔|后悔"
    r"|(?:保持|维持|保留)(?:原|不变|现状)|按原|还按|还是(?:按|用|照)?(?:原|老|之前)|照旧|原样|暂缓|搁置|没同意|没答应|当我没说|当没说|错了|有误|搞错|"
    r"用不着|拉倒|不批|没批|没说要|[唔莫][使要好想改动搞弄]|甭[改动办弄]|算[球逑了]|[^打]收回|作废|免谈|取消(?:这次|本次|此次|这个|该)?(?:修改|变更|改动|"
    r"申请|操作)|取消掉?$|^取消|先这样不"
)
REFUSAL_EN = (
    r"\b(?:no+|nope|nah+|naw|non|nay|negative|n|never mind|nevermind|nvm|forget (?:it|that|about it)|stop|abort|dont|do not|scrap|"
    r"drop (?:it|that|this)|leave (?:it|that|this|everything|things|the)|keep (?:it|the|things|that|this|everything|my|our|§|june|july)|"
    r"changed my mind|decline[ds]?|reject(?:ed)?|refuse|disagree|not (?:now|yet|today|correct|right|ok|okay|what i|acceptable|good|"
    r"anymore|this|that one|at all|interested|approved|confirmed|agreed|going to)|wrong|incorrect|undo|skip it|hold off|rather not|"
    r"unchanged|as is|cancel (?:it|that|this|everything|the request|the change)|^cancel$|"
    r"lets not|let us not|^never(?: ever)?$|i pass|"
    r"of course not|certainly not|absolutely not|definitely not|withdraw|call it off|wont|thumbs down|nix|disregard (?:it|that|this|my|the)|"
    r"ignore (?:that|my|the)|reconsidered|decided (?:against|not)|back out|bin it|kill it|(?:stick|stay|stay on|remain|go) with (?:the|our|"
    r"my) (?:original|old|current|existing|initial|previous)|prefer (?:(?:that )?(?:we|you|i) (?:didnt|dont|did not|do not)|not)|(?:isnt|is not|"
    r"wasnt) what (?:i|we)|no longer (?:need|want)|(?:not|dont) interested|(?:would|id|wed) rather (?:not|keep|leave|stay))\b"
)
# … unless it hedges, asks or talks about something else
HEDGE_ZH = (
    r"不是不|不一定|不太|不确定|不知道|不清楚|不急|不好意思|不明白|不懂|不错|不管|不过|不见得|不放心|不得不|是不是|对不对|行不行|"
    r"可不可以|可不可|好不好|能不能|要不要|要不(?!要)|不如|不然|会不会|有没有|是否|能否|可否|吗|呢$|么$|什么|怎么|为什么|多少|哪|几|谁|"
    r"如果|要是|只要|假如|除非|的话|但|可是|只是|就是有|而是"
    r"|再说|再想|想想|考虑|商量|问问|问下|问一下|等等|等一下|等下|稍等|晚点|回头|说不定|也许|可能|应该|大概|估计|好像|似乎|还没|没说|没点头|先(?!不|别|作罢|"
    r"算了)"
)
HEDGE_EN = (
    r"\b(?:not (?:really|sure|quite|certain|exactly|entirely|a yes|necessarily|only|until|bad|so fast)|no idea|dont (?:know|mind|think|"
    r"take|see|understand|have|get|forget)|do not (?:know|mind|think|have)|why|what|whats|when|where|which|who|how|if|unless|provided|"
    r"as long as|maybe|perhaps|possibly|might|could|would|should|but|however|except|"
    r"depends|as a yes|say yes|said yes|or not|whether|guess|suppose|think|probably|let me|hold on|wait|one sec|moment|minute|ask|check|"
    r"later|instead|rather than|only|before|after|first)\b"
)
KEEP = r"保持|维持|保留|还按|还是|按原|照旧|原|不变|仍|\b(?:keep|leave|stay|stick|remain|unchanged|original|as is)\b"
# where a yes is none although every word of it would be
VETO = (
    r"^那就[好行]$|^(?:请|麻烦|劳驾)(?:你|您|再|帮忙|帮我)*确认|^(?:hi |hello |then |and |now |ok then )*(?:please|pls|plz|kindly) confirm|(行|可以|"
    r"好|对|同意|成|可|没问题)是\1|(?:yeah|yea|ya|yep|sure|oh|ok|okay|yes) right(?: then)?$|"
    r"\b(?:yeah|yea|ya|oh|sure) right\b(?! away)|改天(?!数)|\bgo on$(?<!\w go on)|^go on$|"
    r"\boh no\b|行行好|可是|^是[哦嘛]$|^得[改退换等]|^(?:then|so) yes$|"
    r"(?:确认|审批|审核|处理|办理|进行|修改|变更|提交|沟通|商量|考虑|讨论|申请|流程|等待|更新|操作|执行|安排)中(?![嘞咧])|"
    r"确认(?:已经|已)?(?:收到|收悉|知悉|签收|收货|阅读)|"
    r"^没有?(?:什么|啥|其他|其它|别的)?问题了(?!.*(?:确认|同意|可以|改|办|提交|执行|处理))|按照?计划(?:发货|送货|交货|来|走|送|交付)|"
    r"唔(?![该唔嗯使])(?=[\u3400-\u9fff])"  # a hum by itself, "not" before a verb
)
# what the parts of a preview are called, and the words that find them right
PART_ZH = (
    r"(?:这个|新的?|以上|上述|所有|全部|订单|交货|收货|的|取消)*(?:日期|时间|交期|地址|数量|金额|费用|手续费|取消费|价格|差价|信息|内容|"
    r"方案|抬头|税号|总价|安排)(?:都|也|是|全|完全|全部)*(?:可以的?|没问题|没有问题|正确|对的?|没错|无误|行|ok|准确)"
    r"|(?:同意|接受|认可|承担|愿意承担|愿意付)(?:这个|该|上述)?(?:取消费|手续费|费用|差价|价格|金额|扣费|扣款)"
)
PART_EN = (
    r"(?:(?:the|this|that|these|those|new|all|all the|both|my|delivery|shipping|order|invoice|price|total|cancellation) )*(?:dates?|time|"
    r"address|quantity|quantities|amounts?|fees?|charge|price|difference|details|info|information|title|summary|invoice|change|changes|"
    r"update|everything)"
    r" (?:is|are|looks?|sounds?|works?|seems?)(?: (?:all|also|both|totally|perfectly|just|absolutely))?(?: (?:fine|good|ok|okay|correct|"
    r"right|perfect|great|acceptable|accepted))?(?: (?:by|with|for|to) (?:me|us))?(?= |$)"
)
# what else a yes can be followed by without naming an order or a product, and what is still about the preview
MATTER = (
    r"发票|开票|质保|保修|维修|报价|退货|换货|物流|快递|转人工|人工|客服|电话|账期|目录|\b(?:invoice|warranty|quote|quotation|return|"
    r"exchange|track|tracking|human|agent|person|call|catalogue|catalog|statement|datasheet|manual)\b"
)
ABOUT_PREVIEW = (
    r"早|晚|提前|推迟|便宜|免费|加急|快一?点|慢|运费|费用|多少钱|收费|扣|退款|一半|部分|\b(?:half|part|earlier|later|sooner|cheaper|free|faster|slower|cost|"
    r"costs|fee|charge|charged|how much|expedite|discount|refund|freight)\b"
)
# what begins a request of its own behind a yes
ADDED_ZH = (
    r"(?:[0-9]{3,} ?(?:那单|这单|那个)?(?:也|一样|同样)|另外|还有(?!点|些|个问题要先)|顺便|顺带|此外|对了|以及|同时|并且|然后(?:再|帮|把|"
    r"给)|接着|其次|再(?:帮|给|把|查|来|下|订|取消|"
    r"开|改|退|问(?!问)|看(?!看))|也(?:帮|把|给)|(?:请)?(?:帮我|麻烦)?(?:也|再)(?:帮|把|给|查|取消|开|改)|还(?:想|要|得|请|需要)(?:帮|把|"
    r"给|查|问|买|订|退|开|取消|改))"
)
ADDED_EN = (
    r"(?:and (?:also|then|please (?:also)?|while you|one more|another|can you|could you|where|wheres|when|what is|whats|what are|does|"
    r"do you|is|are|who|which|how (?:long|many|do)|what about|how about|cancel|move|send|"
    r"invoice|change|ship|check|track|tell|give|return|push|update|quote|book)|also|plus|then (?!fine|ok|yes|please do)|separately|"
    r"in addition|additionally|besides|by the way|btw|another thing|one more thing|on another note|while you are|while youre|next|"
    r"after that|p s|ps|same (?:for|with|goes for|date for))\b"
)
NOT_ADDED_ZH = (
    r"但|不过|可是|如果|要是|只要|除非|前提|的话|先(?!生)|之前|不要|别(?!的)|否则|然而|只是|除了|确认[吗么]|再说|再想|想想|考虑|商量|"
    r"问问(?:老板|经理|领导|主管|财务)"
)
NOT_ADDED_EN = (
    r"\b(?:but|if|unless|except|instead|rather|only if|provided|as long as|wait|hold on|before you|before that|not yet|first|dont|do not|"
    r"once|until|assuming|subject to|condition)\b"
)

"""Chinese consent in the words of what one preview is about: its own acts, its kinds of values, its cost; grammar, matched at a place in a message's form.

Only words of a language: what a value is called by a company comes as a repetition (§). What another preview would do is no consent to this one, so every
clause here belongs to kinds of values or groups of acts. No judgement of messages.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from assistant.understanding.yesno.words import FILLER, NOTED, PLAIN, SOFT, Clause, bounded

Row = tuple[str, int]

_US = r"(?:我们这边|我们公司|我们|我这边|我司|我方|公司|咱们|我|这边)"
_YES = r"(?:的|滴|了|哈|啊|呀|啦|呢)*"
_NO_QUESTION = r"(?![吗么吧嘛不没])"
_ALL = r"(?:都|也|全|全都|全部|均|是|完全|已经|已)*"
_GOOD = r"(?:对|没错|正确|没问题|没有问题|无误|准确|可以|行|ok|okay|没毛病|核对过|属实|可以接受|能接受|合适|有效)"
_COST = (
    r"(?:(?:这个|这笔|这点|该|此|取消的?|订单|换货|扣的|补的|多出来的|产生的|相应的?|上面的?|百分之十的?|§的?)*"
    r"(?:取消费|手续费|违约金|服务费|费用|费|差价|差额|金额|总金额|总价|价格|价钱|扣款|扣费|钱|款))"
)
_MAKE = r"(?:请|麻烦|劳烦|辛苦|帮我们?|帮忙|给我们?|给|替我|那就|那|就|直接|都|可以|尽快|现在|你|您|嗯|好|行|一起|全部)*"
_END = r"(?:了吧|吧|呗|咯|喽|啦|哈|嘛|噻|撒|就行|就好|就可以|即可|就成|好了|得了|一下吧|一下|下吧|下|谢谢)*"
_PLACE = (
    r"(?:这里|这儿|那里|那儿|那边|这边|这个地址|那个地址|该地址|此地址|新地址|新的地址|新仓库?|新厂区?|新办公室|新的|§(?:那边|那里|这边|那儿|仓库|厂区?|工地|"
    r"这个地址)?)"
)
_BROKEN = r"(?:裂开|开裂|裂|破损|破|碎|损坏|坏|断|烂|变形|压坏|压扁|摔坏|磕坏|凹|瘪|漏|渗漏|有裂纹|有裂缝|划伤|进水|受潮)"

_NAMES: Mapping[str, str] = {
    "date": "交货日期|送货日期|日期|日子|时间|交期",
    "address": "收货地址|送货地址|地址|地点|位置|门牌号?|收货地|仓库",
    "quantity": "订货数量|数量|台数|件数|个数",
    "items": "件数|数量|货品|产品|商品|东西|清单",
    "product": "型号|产品|规格|货",
    "tax_id": "纳税人识别号|税号|识别号",
    "title": "发票抬头|抬头|公司名称|公司名|单位名称|名称|公司",
    "choice": "发票类型|类型|票种|种类",
    "text": "故障描述|描述|故障现象|故障|问题描述|现象|情况",
    "attachments": "照片|图片|图|相片",
    "phone": "电话号码|电话|手机号|号码",
    "email": "邮箱地址|邮箱|邮件地址",
}
_ALWAYS = "订单号|单号|订单信息|信息|资料|内容|金额|价格|总价|差价|费用|明细|开票信息"
_TICKETS = frozenset({"return", "exchange", "claim", "repair", "invoice"})
_DEEDS: Mapping[str, str] = {
    "return": "退货单|退货申请|退货手续|退货流程|退货|退",
    "exchange": "换货单|换货申请|换货手续|换货流程|换货|换",
    "claim": "破损申报|破损理赔|理赔申请|理赔单|理赔|索赔|破损单|破损|报损",
    "repair": "报修单|报修申请|报修|维修单|维修申请|维修|工单",
    "invoice": "开票申请|开票|开发票|发票申请|专用发票|普通发票|发票",
    "cancel": "取消申请|取消",
    "change": "变更申请|修改申请|修改|变更|改期",
}

_COSTS: tuple[Row, ...] = (
    (rf"(?:收|扣|付|有|出)?{_COST}(?:也|都)(?:要|得|就|会|照样)*(?:<verbs>){_END}{_NO_QUESTION}", PLAIN),
    (rf"(?:扣费|收费|付费|扣钱|扣款|收钱)(?:也|就|了)?(?:<verbs>){_END}{_NO_QUESTION}", PLAIN),
    (rf"{_COST}{_ALL}(?:{_US})?{_ALL}(?:愿意|可以|能|同意|认|来|会|照)*(?:认|出|付|承担|接受|补|交|给|认可|同意|没问题|没有问题|没意见|合理|"
     rf"ok)(?:得起)?{_YES}{_NO_QUESTION}", PLAIN),
    (rf"{_US}?{_ALL}(?:愿意|可以|能|同意|会|来|照|自己)*(?:认|出|付|承担|接受|补|交|认可|同意)(?:扣|付|支付|承担)?{_COST}{_YES}{_NO_QUESTION}", PLAIN),
    (rf"{_COST}?(?:照|照常|照样|直接|可以|正常)?(?:扣|付|收|出)(?:{_COST})?(?:吧|就行|就好|好了|没问题|没关系)", PLAIN),
    (rf"{_COST}(?:照|照常|照样|正常)(?:扣|付|收|出|给){_YES}", PLAIN),
    (rf"(?:扣|付|花|出|补|收)(?:一?点|些)(?:钱|费|费用|手续费)?(?:就扣|也|都)?(?:没关系|没事|没事儿|不要紧|无所谓|没问题|可以|能接受|正常|应该的|"
     rf"吧){_YES}", PLAIN),
    (rf"{_COST}?(?:该|要)?(扣|付|补|出|交|收)(?:费|钱|款|多少|§)?就\1(?:费|钱|款|多少|§)?(?:吧|呗|了)?|该[扣付补出](?:的)?就?[扣付补出](?:吧|呗)?", PLAIN),
    (rf"{_US}?{_ALL}(?:知道|清楚|了解|明白|理解|看到)(?:了|的)*(?:会|要|得|需要|有|是|产生|收|扣)*{_COST}{_YES}{_NO_QUESTION}", FILLER),
    (rf"{_US}?{_ALL}(?:知道|清楚|了解|明白|理解)(?:了|的)*(?:会|要|得|需要)+(?:扣|收|付|交|补)(?:{_COST}|§)?{_YES}{_NO_QUESTION}", FILLER),
    (r"(?:我们?)?(?:认了|认栽了?|认账)", FILLER),
    (rf"{_COST}(?:§)?(?:{_US})?{_ALL}(?:知道|清楚|了解|明白|看到|悉知|知悉){_YES}", FILLER),
    (rf"(?:从|在)?(?:货款|账户|账上|余额|订单)(?:里|中|上)?(?:直接)?(?:扣|抵扣|扣除){_COST}?(?:吧|就行|就好|即可|好了)*", FILLER),
)  # fmt: skip

# consent in the words of no act at all
_ANY: tuple[Row, ...] = (
    (r"(?:别的|其他的?|其它的?|其余的?|剩下的?)(?:都|就)?(?:不变|不动|没变|没有变化|照常)", FILLER),
    (rf"(?:是|就是|对)*(?:这么|那么|这|那)(?:一)?回事(?:儿)?{_YES}", PLAIN),
    (r"(?:一点|半点|一点点|一丁点|丝毫|任何|啥|什么)(?:儿)?(?:问题|毛病|意见|异议|错|错误|疑问)(?:也|都)(?:没有|没|木有|不存在|无)(?:的|了|啊|呀)*", PLAIN),
    (rf"{_MAKE}(?:照|按|按照|依照|依)(?:单子|单据|订单|上面|合同|以上|这个|此|您|你|你们|您们)?(?:上|里)?(?:写|说|列|显示|讲|提|定|标)?的?(?:内容|信息|方案|"
     rf"意思)?(?:来)?(?:办|做|改|处理|执行|弄|走|操作|登记|提交){_END}{_NO_QUESTION}", PLAIN),
    (r"(?:就)?(?:恁|楞|咁|酱|这|介)(?:个|么|样)?(?:办|弄|整|做|搞)(?:嘛|吧|呗|哈|了)*", PLAIN),
    (r"好(?:嘅|㗎|呀嘛)", SOFT),
    (r"(?:你|您)(?:们)?(?:直接|就|尽管|放心|去|来)*(?:操作|办|弄|处理|改|做|提交|执行|登记|搞)(?:就行|就好|即可|就成|就可以|吧|好了)", PLAIN),
    (r"(?:直接|就|尽管|放心|都)*(?:操作|办|弄|处理|做|提交|执行|登记|搞)(?:就行|就好|即可|就成|就可以)", PLAIN),
    (r"都?说(?:了|过)?(?:好)?(?:几|多少|好几|八百|无数|三|两)(?:遍|次|回)了?", NOTED),
    (r"(?:我)?(?:中文|普通话|打字|拼音)(?:不好|不太好|很差|慢|不行|说不好)", NOTED),
    (r"(?:辛苦|麻烦|谢谢|感谢)(?:一下)?(?:小助手|助手|机器人|小客服|客服|小姐姐|小哥哥|小哥|小妹|老师|各位|大家|你们|您|你|亲|师傅)+(?:了|啦|哈|咯)*", FILLER),
)  # fmt: skip

_BY_KIND: Mapping[str, tuple[Row, ...]] = {
    "date": ((rf"(?:那就|就|那|可以)+§(?:送货|到货|交货|收货|送到|送来|送|到|交|来){_YES}{_NO_QUESTION}", PLAIN),),
    "address": (
        (rf"{_MAKE}(?:把?货)?(?:寄|发|送|配送|送货|发货|拉|运|送过|发过|邮|快递|交货)(?:到|去|往|给|在)?{_PLACE}(?:去|来)?{_END}{_NO_QUESTION}", PLAIN),
        (rf"{_MAKE}(?:用|按|照|换成|改成|改到|改为|更新成|更新为)(?:这个|那个|这|新)的?(?:地址|地方|地儿|仓库)?{_END}{_NO_QUESTION}", PLAIN),
        (rf"{_MAKE}(?:直接)?(?:送|发|寄|拉|运)(?:过去|过来){_END}{_NO_QUESTION}", PLAIN),
        (r"(?:这)?(?:是|就是|正是|就)?(?:我们的?|我们公司|我司)?(?:现在的?|新的?|§的?)+(?:仓库|厂|厂区|厂房|地址|办公室|办公地址|公司地址|收货地址|工地|地方|"
         r"库房)", FILLER),
        (r"§(?:那个|这个|的|那边的?|这边的?)*(?:新)?(?:地址|仓库|厂区?|地方|工地|办公室)", FILLER),
        (rf"(?:对|是|就)?(?:是|就是|正是|就)(?:在)?(?:这里|这儿|这个地方|这个地址|那里|那儿|§){_YES}", PLAIN),
    ),
    "quantity": (
        (rf"(?:就|一共|总共|共|合计|总计|都|我们)*(?:要|定|是|需要)*§(?:台|个|件|套|只)?(?:就够|够用|够|正好|刚好|足够|合适){_YES}", FILLER),
        (rf"(?:就|那就|还是)?(?:一共|总共|共|合计|总计)?(?:就)?(?:要|定|来|按|下|订)§{_YES}{_END}{_NO_QUESTION}", PLAIN),
        (rf"(?:一共|总共|共|合计|总计)(?:就是|是)?§{_YES}", FILLER),
        (rf"{_MAKE}(?:加|增加|追加|添|增|提|升|涨|减|减少|降|调|改|变)(?:到|至|成|为|上)+§{_END}{_NO_QUESTION}", PLAIN),
        (rf"(?:{_MAKE}(?:加上去?|增加|追加|添上|加进去|减掉|减下来|降下来|加|减)(?:吧|呗|就行|就好|即可|了吧|上吧)){{1,3}}{_NO_QUESTION}", PLAIN),
    ),
    "bool": (
        (r"(?:§|都|全部|全|货|东西|包装|产品|外包装|箱子|两个|这些|它们|它)*(?:都|还|也|全|是|确实|的确|真的)*§(?:的|呢|过|着)*", FILLER),
        (r"(?:§|都|全部|全|货|东西|包装|产品|外包装|箱子|这些)*(?:都|还|也|全|是|确实|的确|根本|完全)*(?:没动过|没用过|没碰过|没使用过|没拆过|没开过|完好|"
         r"完好无损|好好|全新|崭新)(?:的|呢)*", FILLER),
    ),
    "items": (
        (r"(?:就|这|是|那|一共|总共|都|就是|也)*§(?:都|全|全部|一起|也)?(?:的)?", FILLER),
        (rf"{_MAKE}§(?:都|全|全部|一起|一块儿?)*(?:<verbs>){_END}{_NO_QUESTION}", PLAIN),
    ),
    "attachments": (
        (r"(?:照片|图片|图|相片)(?:我|都|已经|已|也|刚刚?|刚才)*(?:发|传|上传|给|拍)(?:过|了|好|给你|给您|你们|上去)+", FILLER),
        (r"(?:照片|图片|图|相片)(?:就是|是|就)*(?:那|这|刚发的|刚才发的|上面|发的|发过的)*(?:张|几张|些|两张|三张|一张|个)?(?:了)?", FILLER),
    ),
    "text": (
        (r"(?:就是|是|正是|确实是|对|没错|的确是)+(?:这个|这|那个|这种|上面的?|你说的|描述的)*(?:故障|问题|毛病|情况|现象|症状)(?:没错|的|了)*", FILLER),
        (rf"(?:描述|写|说|总结|记录)(?:的|得|地)?(?:都|很|挺|也|是)*(?:对|没错|准确|没问题|清楚|正确){_YES}", FILLER),
    ),
    "product": (
        (rf"(?:就|那就|都|还是)*(?:换|换成|换为|要|改成)§{_END}{_NO_QUESTION}", PLAIN),
    ),
    "choice": (
        (rf"{_MAKE}(?:就)?(?:开|要|用|是|选)§{_END}{_NO_QUESTION}", PLAIN),
    ),
}  # fmt: skip

_BY_GROUP: Mapping[str, tuple[Row, ...]] = {
    "cancel": (
        (rf"{_MAKE}(?:撤|退订|退|作废|销|去|停)(?:了|掉|单)(?:这单|这个|它|订单|§)?{_END}{_NO_QUESTION}", FILLER),
        (rf"{_MAKE}(?:撤|退订|作废|销)(?:了|掉|单)?(?:这单|这个|它|订单|§)?吧{_NO_QUESTION}", PLAIN),
        (rf"{_MAKE}(?:把)(?:这单|这个订单|该订单|这个单子|订单|§|整单|全部|它)(?:都|全|给|给我)*取消(?:掉|了)?{_END}{_NO_QUESTION}", PLAIN),
        (rf"{_MAKE}(?:取消|撤销)(?:掉)?(?:这单|这个订单|该订单|这个单子|§|整单|整个订单|订单)(?:了)?{_END}{_NO_QUESTION}", PLAIN),
        (r"(?:这单|订单|这批货?|货|§|都|全|全部|我们|我|确定|确实|真的|也|这个)*(?:不要|不需要|用不上|用不着|不用买|不买|不做|不订)了", NOTED),
        (rf"{_MAKE}取消(?:掉|了)?(?:这单|这个|它|订单|整单|全部|§)?{_END}{_NO_QUESTION}", FILLER),
    ),
    "return": (
        (r"(?:货|§|都|全|全部|我们|我|确定|确实|真的|也|这个)*(?:不要|不需要|用不上|用不着|用不了|多余)了", NOTED),
        (rf"{_MAKE}(?:退|退回|寄回|发回|退回去|退掉)(?:了|掉|货)?(?:§|它|这些)?吧{_NO_QUESTION}", PLAIN),
    ),
    "exchange": (
        (rf"{_MAKE}(?:都|一起|§|全部)*换(?:了|掉|货|一下)?(?:§|它|这些)?吧{_NO_QUESTION}", PLAIN),
        (rf"(?:可以|同意|能|都)*换{_NO_QUESTION}", FILLER),
    ),
    "claim": (
        (rf"{_MAKE}(?:报|申报|上报|报损|理赔|报上)(?:上去|一下|了|上)?吧{_NO_QUESTION}|{_MAKE}报上去{_END}", PLAIN),
        (rf"(?:§|都|全|全部|确实|真的)*{_BROKEN}(?:了|的|掉了|得厉害|严重)*", NOTED),
    ),
    "repair": (
        (rf"{_MAKE}(?:报|报修|上报|修|维修|报上)(?:上去|一下|了|上)?吧{_NO_QUESTION}|{_MAKE}报上去{_END}", PLAIN),
        (r"(?:请|麻烦)?(?:尽快|早点|快点|赶紧|及时)?(?:安排|派|叫)(?:个)?(?:师傅|人|工程师|技术|技术员|技术人员|维修人员)(?:来|过来|上门|联系|看看|处理|一下|"
         r"吧)*", FILLER),
    ),
    "invoice": (
        (rf"{_MAKE}(?:开|出|开具|重开)(?:出来|了|一下|票|发票)?吧{_NO_QUESTION}|{_MAKE}(?:尽快|早点)开(?:出来|票|发票)?{_END}{_NO_QUESTION}", PLAIN),
        (rf"(?:可以|同意|能|就)+开(?:票|§|发票)?(?:了)?{_NO_QUESTION}", PLAIN),
    ),
}  # fmt: skip


def clauses(groups: Set[str], kinds: Set[str], verbs: str) -> tuple[Clause, ...]:
    """What consents, or does no harm beside consent, for a preview of these acts (by `verbs`, an alternation) that shows values of these kinds."""
    rows = [*_ANY, *_COSTS, *_naming(kinds, verbs if "change" in groups else ""), *_ticketing(groups)]
    for kind, own in _BY_KIND.items():
        rows += own if kind in kinds else ()
    for group, own in _BY_GROUP.items():
        rows += own if group in groups else ()
    return tuple((bounded(pattern.replace("<verbs>", verbs)), state, True) for pattern, state in rows)


def _naming(kinds: Set[str], verbs: str) -> list[Row]:
    """That what the preview shows is right, named by its kind ("税号抬头都对"), or that it is to be changed, by `verbs` ("请修改交期")."""
    own = "|".join(_NAMES[kind] for kind in _NAMES if kind in kinds)
    names = f"{own}|{_ALWAYS}" if own else _ALWAYS
    named = rf"(?:(?:新的?|这个|以上|上面的?|订单的?|发票的?|我们的?|取消)*(?:{names}))"
    several = rf"{named}(?:(?:和|跟|与|以及|还有)?{named}){{0,3}}"
    rows = [
        (rf"{several}(?:这些|这边|我|我们|看了|核对了|确认)*{_ALL} ?{_GOOD}{_YES}{_NO_QUESTION}", PLAIN),
        (rf"(?:确认|核对|核实|检查)(?:过)?(?:了)?{several}{_ALL}{_GOOD}{_YES}{_NO_QUESTION}", PLAIN),
        (rf"{several}{_ALL}(?:确认|核对好|核对完)(?:了|过了)?{_NO_QUESTION}", PLAIN),
        (rf"(?:确认|确定)?{several}(?:就)?(?:是|为)?§{_YES}{_NO_QUESTION}", FILLER),
        (rf"(?:确认|确定){several}(?:就)?(?:是|为)?§{_YES}{_NO_QUESTION}", PLAIN),
    ]
    if own:
        rows.append((rf"(?:对|就|正|确实)?是(?:这个|这|上面的?|新的?)(?:{own}){_YES}{_NO_QUESTION}", PLAIN))
    if own and verbs:
        begged = _MAKE.removesuffix("*") + "+"
        rows.append((rf"{begged}(?:{verbs})(?:一下)?(?:新的?|这个|订单的?)*(?:{own})(?:一下)?{_END}{_NO_QUESTION}", PLAIN))
    return rows


def _ticketing(groups: Set[str]) -> list[Row]:
    """To open what the preview would open, by its own noun ("提交理赔", "走退货流程")."""
    deeds = "|".join(_DEEDS[group] for group in _DEEDS if group in groups)
    if not deeds:
        return []
    opened = r"(?:走|办|办理|登记|提交|报|做|发起|启动|处理|执行|安排|确认|同意|进行|继续|开|填|建|录)"
    begged = _MAKE.removesuffix("*") + "+"
    own = r"(?:报|报修|申报|登记|提交|退|换|开|办|取消|申请)" if groups & _TICKETS | groups & {"cancel"} else r"(?:登记|提交|办)"
    polite = [(rf"{begged}{own}(?:一下|下)(?:{deeds})?{_END}{_NO_QUESTION}", FILLER)]
    if "change" in groups:
        polite.append((r"(?:请|麻烦|劳烦|劳驾|辛苦|帮忙|帮我们?)+(?:您|你|们|给)*(?:修改|更改|更新|变更|改)一?下(?:哈|啦|吧)?(?![吗么吧嘛不没])", SOFT))
    return [*polite, (rf"{_MAKE}{opened}(?:上|一下|个|这个)?(?:{deeds})(?:流程|手续|申请|单)?{_END}(?![吗么吧嘛不没货票地日金数抬税了的错])", PLAIN)]

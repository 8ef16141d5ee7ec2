"""What takes a yes back, by class, for made combinations with consent; each is no yes in any company. Data of `test_yesno_traps.py`."""

from __future__ import annotations

EN: dict[str, str] = {
    "condition": (
        "if it is free|unless it costs extra|provided the price stays|as long as nobody minds|once my boss agrees|"
        "when the invoice is corrected|only if it arrives before noon|assuming the fee is waived|subject to stock|"
        "on condition that it is free|in case it rains|given that it is free|if our crane is ready|so long as it is free|"
        "depending on the price|until the crane is free|when the hall is ready|as soon as my boss signs|after the audit|before noon|"
        "if you pay|with a discount|against a credit note|under one condition|except on holidays"
    ),
    "hedge": (
        "maybe|perhaps|I think|I guess|probably|not sure|in principle|for now|more or less|kind of|sort of|I suppose|possibly|"
        "to some extent|tentatively|almost|mostly|fairly certain|or so|supposedly|allegedly|I would say|it depends|apparently|"
        "up to a point|theoretically|half heartedly"
    ),
    "deferral": (
        "but not yet|later|tomorrow|next week|let me check first|hold on|wait|give me a minute|I will get back to you|in a while|not today|"
        "after lunch|one moment|I need more time|still thinking|let me sleep on it|I'll let you know|I will confirm on Monday|"
        "let me tell my boss|I have to ask|pending|soon|we'll see|I'll think about it|stand by|hang on|eventually|to be confirmed|some day|"
        "another time"
    ),
    "question": (
        "is it free?|why|how much is it|what does it cost|who pays|are you sure|can you do earlier|right?|ok?|is that so|"
        "what about the fee|which one|how come|could it be earlier|doesn't it|isn't it|won't you|or not|does it|what else|when exactly|"
        "whose order is it"
    ),
    "value": (
        "on the 17th|make it June 18|8 units|for order 12346|a day earlier|two days later|next Friday|to our Hamburg site|to gate 4|"
        "in the morning|by air|with DHL|at 9 am|for half of it|in two lots|in blue|half|July|on Tuesday|to the warehouse|at the site|"
        "for free|at no cost|with a 5 % discount|to the other plant|in Leeds|by truck|in the evening|via Rotterdam|to Miller|on pallets|"
        "in the other colour|from the other warehouse|with the old price|as express|to my home|for the other one|in a week|on a weekday|"
        "noon|one more|two instead"
    ),
    "partial": (
        "except the date|apart from the price|only the date|but only half|not all of it|just the first one|the rest not|"
        "everything but the fee|all but one|one thing is off|minus the fee|mostly|only partly|some of it"
    ),
    "matter": (
        "cancel the other one|send me the contract|change my address|refund me|call me|get me a human|explain|tell me more|give me a quote|"
        "lower the price|show me other dates|add a pump|pay me back|stop the invoice|email it to me|print it|remove one|split it|"
        "forward it to legal|use my other account|expedite the shipment|deliver in the morning"
    ),
    "sarcasm": (
        "not|just kidding|yeah right|as if|in your dreams|my foot|said nobody ever|lol no|says who|when pigs fly|whatever|I was joking|"
        "never|very funny|dream on|a joke"
    ),
    "third": (
        "my boss has to agree|Tom decides|legal is still looking|my manager is not here|they are still discussing|waiting for approval|"
        "purchasing hasn't answered|it is not my decision|ask Max|our boss will decide|the team is against it|my boss is unhappy|"
        "the customer refused|finance said no|our director objects|nobody approved this"
    ),
    "negation": (
        "I don't agree|don't do it|not that|no|nope|never|I can't accept it|we are not ready|this is wrong|that's not right|we refuse|"
        "I disagree|nothing doing|without the change|neither|I won't|undo it|incorrect|keep the old date|leave it as it was|I decline|"
        "we prefer the old one|we would rather not|none of that|it's too late|bad idea|the date is off|wrong order|it isn't ours"
    ),
    "withdrawal": (
        "actually no|on second thought|scratch that|wait no|forget it|I take it back|never mind|I changed my mind|stop|cancel that|"
        "withdrawn|disregard this|ignore that|oh no|oops|my mistake|wrong button|that was for someone else|wrong chat|I meant no"
    ),
    "quoted": (
        'he said|is what he wrote|quote unquote|"|according to the email|it says here|you wrote|is what you want to hear|'
        "they told me to say|would be a lie|is not my answer|comes on Monday|the screen says|was my answer yesterday"
    ),
}

ZH: dict[str, str] = {
    "condition": (
        "如果免费|要是不收费|只要不加钱|除非加急|免运费的话|降价就行|前提是免费|等老板点头|货到了再说|不收费我就确认|收到货再确认|打八折|"
        "能早上送的话|得先签合同|条件是包邮|要看价格|视情况|以老板意见为准|若不收费|一旦涨价作废|等有货|开了票再改|便宜一点|别收费|不加价|"
        "包邮|送货上门"
    ),
    "hedge": (
        "可能吧|也许|大概|应该|好像|不确定|差不多|勉强|暂且|暂时|原则上|基本上|八成|估计|说不定|不好说|看情况|再看看|兴许|没准|似乎|或许|"
        "多半|理论上|一半一半|不一定"
    ),
    "deferral": (
        "等等|稍等|明天再说|晚点|回头|先别|等我消息|我再想想|我考虑一下|我确认一下|我问问老板|下次|过两天|改天|缓一缓|先放着|还没定|等通知|"
        "等一下|稍后|我看看|让我想想|先不急|再等等|待定|我先查一下|周五前|下午|过会儿|容我想想"
    ),
    "question": (
        "吗|吧？|免费吗|多少钱|为什么|怎么改|能早点吗|是不是|对不对|什么时候到|谁付|行不行|可以便宜点吗|真的假的|凭什么|哪个单|会不会涨价|"
        "呢？|是这样吗|几点|咋回事|有没有更早的|何时|能否早上"
    ),
    "value": (
        "改到16号|17号|8台|早一天|下周三|订单12346|送到苏州|上午送|走空运|发顺丰|分两批|一半|7月|晚两天|送二厂|开专票|周四|收货人换张三|"
        "用旧价格|送到工地|到仓库|按旧日期|原日期|老地址|另一个地址|三号门|晚上|白天|上午|中午|多两台|少一台|蓝色的|另一单|加急发|两箱|"
        "换个颜色|用德邦|送到家里|给李四|退款|打折"
    ),
    "partial": ("除了日期|只改一半|部分|其他不行|日期除外|前半句|只同意日期|不含运费|就一处不对|除运费外|有一处错了|大部分|地址不对|数量不对"),
    "matter": (
        "退款|报个价|改地址|转人工|取消另一单|开发票给我|把合同发我|打电话给我|说明一下|查库存|给我优惠|加一台|投诉|催发货|发我邮箱|"
        "打印一份|换一个|拆成两单|上午打给我|联系我"
    ),
    "sarcasm": ("才怪|个鬼|个头|个屁|开玩笑的|逗你玩|骗你的|你猜|做梦|想得美|呵呵不|扯淡|鬼信|信你才怪|说笑的|你做梦"),
    "third": (
        "老板还没批|经理不在|领导没点头|财务说不行|等审批|客户反对|我做不了主|王总不同意|还在走流程|问下领导|老板说再看|他们还在讨论|"
        "采购没回|项目上不同意|甲方不认|主管出差没定|领导要再看看|老板不肯"
    ),
    "negation": (
        "不改|不行|不同意|别改|不要|没同意|不对|错了|算了|不用改|保持原样|反对|不接受|不确认|没说可以|有问题|不合适|不方便|我拒绝|没必要|"
        "日期错了|单号不对|不是这单|不是这天|还是原来的|太晚了|来不及了|不需要|不满意|没法接受|不可以"
    ),
    "withdrawal": (
        "哦不|不对|撤回|我反悔了|当我没说|还是算了|等等不对|取消|点错了|发错了|发错人了|收回|说错了|手滑|作废|刚才不算|不是发给你的|打错了|刚才的不算数|先不算"
    ),
    "quoted": ("是他说的|“|”|」|他写的|这是老板的原话|你想让我说的|截图上写的|是什么意思|这两个字|之类的|云云|这句话不算|是昨天的回复|有人这么说|听说的"),
}

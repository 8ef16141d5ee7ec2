"""Idioms, slang and dialect words that consent, that do no harm beside consent, and that address somebody; lists of a language's words, no grammar.

Written as the lists of `yesno_words.py` are: simplified, in lower case, without punctuation and apostrophes; Chinese entries stand between blanks, English ones
between bars.
"""

from __future__ import annotations

# consent by idiom: each is a go-ahead as a whole, whatever stands before or after it
EXPLICIT_EN = """
push the button|press the button|hit the button|pull the trigger|pull the trigger on it|pull the trigger on this|let it rip|let her rip|let er rip|
lets roll|lets rock|lets rock and roll|lets get rolling|lets get going|lets get it done|lets get this done|lets get moving|lets get started|
lets get on with it|lets make it happen|lets make it so|lets move|lets move forward|lets move ahead|lets start|lets hit it|hit it|send it|ship it|yeet it|
make it so number one|engage|all systems go|all systems are go|green across the board|all green|all green here|all green from this side|
all green from our side|all green on our side|its all green|we have liftoff|liftoff|we have a go|its a go from us|were a go|we are a go|we are go|
thats a go|its a go from me|you are go|youre go|you have a green light|green light given|youve got the green light|youve got the green light from us|
green lit|two thumbs up|big thumbs up|thumbs up from me|thumbs up from us|thumbs up from our side|rubber stamp it|stamp it|sign it|signed off|
signed sealed delivered|signed and sealed|seal the deal|seal it|done and dusted|count me in|count us in|im in|we are in|i am in|were in|im game|im down|
im down with that|im sold|im all for it|all for it|you have my word|you have my vote|you get my vote|gets my vote|it gets my vote|hits the spot|
that hits the spot|right on the money|thats right on the money|on the money|bullseye|bulls eye|nailed it|you nailed it|you have nailed it|spot on|
thats spot on|bang on|dead right|thats the ticket|just the ticket|thats the spirit|thats the way|thats the stuff|thats the plan|good plan|great plan|
perfect plan|now were talking|now youre talking|that hits the nail on the head|you hit the nail on the head|thats exactly what the doctor ordered|
just what the doctor ordered|what the doctor ordered|off you go|off you go then|off we go|away you go|go on my son|go on mate|go on so|go on then yes|
go on and do it|lock it in|lock it in eddie|lock that in|lock this in|lock it down|book her in|book me in|book us in|sign me up|sign us up|
put me down for that|put us down for that|put me down for it|shell be right|shes right|too easy|sweet as|good as gold|no worries go ahead|fair dinkum|
bobs your uncle|thatll do nicely|thatll do grand|thatll do me|thatll do us|thatll do the job|grand job|grand so|sound as a pound|champion|aye aye|
aye aye captain|aye captain|yes captain|yes chef|yes boss|yes love|yes dear|yes darling|by george yes|by jove yes|aye that|righto|right oh|rightio|righty|
yall go ahead|yall go right ahead|yall can go ahead|sho nuff|sure nuff|darn right|damn right|damn straight|darn tootin|darn straight|too right|hell yes|
hell yeah|heck yes|heck yeah|f yeah|you betcha|you bet ya|betcha|you know it|yessiree|yessir|yes siree|yesiree|yepperoni|yeppers|yupp|yuup|yuh|yeh|yh|yee|
yis|yiss|yass|yasss|yaas|ye boi|ya sure|ya for sure|yeah mate|yeah boss|yeah nah yeah|mhm yes|uh huh|mm hmm|mmhmm|bet|say less|ight|aight|aight bet|fo sho|
fosho|fr|for real yes|no cap yes|okey dokes|okay dokay|okily dokily|okie doke|oky doky|oki doki|okidoke|okeydokey|okiedokie|okee dokee|okely dokely|
roger wilco|wilco|affirm|10 4|thats a 10 4|thats a big 10 4|loud and clear go|copy that confirmed|copy go ahead|100 %|1000 %|100 yes|100 % yes|
1000 % yes|110 %|200 %|a thousand percent|+ 1|+ 1 from me|+ 1 from us|plus one|plus one from me|plus one from us|another yes|double yes|
triple yes|can lah|can can|ok lah|okay lah|ok la|can la|can boss|ok can|can do|can do so|yes to all|yes to everything|yes to all of that|
yes to all of this|yes to all of it|yes to both|yes to both points|yes to the above|yes to all the above|yes to that|yes to this|yes to it|
yes on all counts|yes on all points|yes on both|a resounding yes|a big yes|big yes|hard yes|a hard yes|solid yes|definite yes|firm yes|its a firm yes|
easy yes|thats an easy yes|yes all round|yes all around|yes across the board|its a yes from everyone|its a yes from all of us|its a yes from my side|
its a yes from our side|its a yes from the team|yes from all of us|yes from everyone|yes from the team|yes from our side|yes from my end|yes from our end|
a yes from our side|a yes from my side|i couldnt agree more|couldnt agree more|could not agree more|i could not agree more|we couldnt agree more|
cant argue with that|cannot argue with that|no argument from me|no argument here|who am i to say no|who could say no|who could say no to that|
wouldnt have it any other way|would not have it any other way|no brainer|its a no brainer|thats a no brainer|of course yes|but of course|why of course|
well of course|most certainly|most definitely|most assuredly|assuredly|without question|without a question|beyond question|no question|no question about it|
no doubt about it|beyond doubt|without fail yes|by all means please|please by all means|naturally yes|agreed on all points|agreed on all counts|
agreed in full|agreed on everything|agree on all points|agree with everything|agree with everything above|agree with all of it|agree with all of that|
agree with all of the above|agree with the above|agree to all|agree to all of it|agree to everything|i agree on all points|i agree with everything|
i agree with everything above|we agree on all points|we agree with everything|i agree with all of it|agreed and accepted|agreed and confirmed|
agreed and approved|read and approved|read and accepted|read and agreed|read and confirmed|read understood and accepted|read understood and agreed|
read understood and approved|seen and approved|seen and agreed|seen and confirmed|seen and accepted|checked and approved|checked and confirmed|
checked and correct|checked and agreed|checked and found correct|reviewed and accepted|reviewed and confirmed|reviewed and agreed|verified and approved|
verified and confirmed|duly approved|duly agreed|duly accepted|signed and approved|signed and agreed|signed and confirmed|approved and signed|
approved and accepted|confirmed and approved|confirmed and accepted|confirmed and agreed|accepted and agreed|accepted and confirmed|accepted with thanks|
confirmed with thanks|approved with thanks|accepted with pleasure|do as you wrote|do as you said|do as you say|do as you described|do as you proposed|
do as you suggest|do as you suggested|do as proposed|do as described|do as discussed|do as stated|do as above|do as shown|do as agreed|do as planned|
do what you said|do what you wrote|do what you proposed|do what you suggested|do what you described|do exactly that|do exactly this|do just that|
do precisely that|exactly so|just so|quite so|so be it|so it is|amen|amen to that|hear hear|make it official|go with what you have|
go with what you have there|go with what you wrote|go with what you said|go with what you proposed|go with that|go with it|go with this|
go with your proposal|go with the plan|stick to the plan as shown|go by that|save it please|please save it|please save it so|save the change|
save the changes|save this change|save my change|please save|please finalise|please finalize|please wrap it up|please conclude it|close it out|
put that in the system|put this in the system|put it in the system|put that in|put it in|get it done|get it done please|have it done|get this done|
get this sorted|get it sorted|get that done|please execute|execute as outlined|execute as described|execute as shown|execute as proposed|
execute accordingly|proceed as outlined|proceed as described|proceed as proposed|proceed as discussed|proceed as shown|proceed as stated|proceed as planned|
proceed as agreed|proceed as described in your message|proceed as per your message|proceed as suggested|proceed accordingly|act accordingly|
process accordingly|update accordingly|do the necessary|do the needful and oblige|do the same and oblige|do the same|do the necessary changes|
make the necessary changes|yes i do|yes i am|yes we do|yes it is|yes that|i do want that|i do want it|i do want this|yes i want it|yes i want that|
i would like that very much|id like that very much|i would love that|wed love that|i want that done|i want it done|i want this done|thats my order|
thats my order number|thats the right date|thats the right order|thats the right day|thats the right one|thats the correct date|thats the correct order|
thats the correct one|thats the right order number and date|thats the right order and date|thats the date i want|thats the date we want|
thats the date i wanted|thats the date i need|thats the day we need|thats the day i want|thats it exactly|thats exactly it|thats exactly right|
thats perfectly right|thats all correct|thats all fine|thats all in order|its all there|its all in there|its all correct|
its all fine|its all in order|all there|everything in order|everything is in order|everything is there|
everything is right|everything you listed is correct|everything you listed is right|everything you wrote is correct|everything you wrote is right|
everything you said is correct|everything you say is right|all you wrote is correct|what you wrote is correct|what you wrote is right|what you say is right|
all of the above is right|all of the above is correct|all of the above|all the above is correct|all the above is right|the above is correct|
the above is right|the above is fine|the above is accurate|above is correct|above is right|order number correct|date correct|order number and date correct|
both the order number and the date are right|both the order number and the date are correct|both are right|both are correct|both correct|both right|
both fine|both are fine|i am certain|im certain|im absolutely certain|im absolutely sure|i am absolutely sure|i am totally sure|im totally sure|
im very sure|im completely sure|i am completely sure|we are sure|were sure|we are certain|im dead sure|sure im sure|yes im sure|cross my heart|merci|danke|
gracias|grazie|arigato|obrigado|xie xie|xiexie|oui|si por favor|por favor|ja bitte|bitte|ja gerne|gerne|da konechno|hai|ne|okay daijobu|d accord|daccord|
ca marche|va bene|perfetto|vale vale|de acuerdo|adelante|einverstanden|in ordnung|passt|alles klar|genau so|queren le|tongyi|tong yi|hao|hao de hao de|dui|
dui de|xing|ke yi|ke yi de|keyi de|que ren|que ding|queding|mei wen ti|mei wenti|jiu zheyang|jiu zhe yang|gai ba|gaiba|goahead|yesplease|soundsgood|doit|
pleasedo|okgo|yespls|yesgo|yesdoit|looksgood|allgood yes|thatsright|thatscorrect|goforit|godoit
"""
# harmless beside consent
POLITE_EN = """
dear sir|dear sirs|dear madam|sir madam|please and thank you|thanks a bunch|thanks a ton|thanks tons|thanks heaps|thanks loads|thanks a million|
thanks a lot|thank you ever so much|thanks ever so much|thanks millions|ta very much|ta muchly|ta love|tyvm|tysm|tyty|thnx|thanx|thanks mate|cheers mate|
cheers love|cheers then|nice|fab|yay|hooray|woohoo|woo|phew|bye|bye now|bye bye|ciao|ciao ciao|take care|have a good one|speak soon|talk soon|toodles|
cheerio|so long and thanks|good day|gday|howdy|yo|accordingly|promptly|swiftly|kindly and promptly|as requested|as required|as usual|as always|as per usual|
as outlined|as described above|as in your message|as described in your message|as set out|as set out above|as you described|as you outlined|as it stands|
as it is written there|in your system|in the system|in your records|in our records|from our end|from my end|on our side|at our end|at my end|from this side|
on this side|on this end|from this end|from over here|over here|for our part|for my part|as far as im concerned|as far as we are concerned|
as far as were concerned|speaking for myself|if you please|if i may|will you please|would you please|no drama|no dramas|no stress|no panic|no trouble|
no trouble at all|not at all|dont mention it|my pleasure|youre welcome|pleasure|that day|this day
"""
EXPLICIT_ZH = """
就照你说的弄 就照你说的办 就照你说的做 就照您说的办 照你说的办 照你说的弄 照你说的做 照您说的办 照你讲的办 按你讲的办 照做 照做吧 照做啦
照弄 照办吧 照办啦 照样办 妥妥 妥了您嘞 妥咧 得嘞您 得咧 得了您嘞 得啦 得㗎 得喇 得噶 得架 系呀 系啊 系喇 系㗎 系噶 系咯 啱 啱晒
啱啊 啱㗎 啱喇 啱呀 咁就咁 咁就咁啦 咁就咁喇 就咁 就咁啦 就咁喇 就咁话 就咁话啦 就咁样 就咁决定 冇问题㗎 冇问题啦 冇问题喇 冇问题呀
无问题 无问题啦 无问题㗎 可以㗎 可以啦 好啊就咁 一于咁话 一于咁办 就咁办 就咁定 帮我搞掂 搞掂佢 搞掂 同意㗎 我同意㗎 系咁啦 系咁先
没问题喔 没问题唷 没问题耶 没问题啰 没问题哦 可以唷 可以喔 可以哦 可以耶 可以啰 可以der 好der 对der 行der 没错喔 没错哦
没错唷 没有疑虑 没有疑问 没疑虑 没疑问 安捏好 安捏就好 安捏 水啦 就安捏 按怎说就按怎做 就是安捏 依此办理 请依此办理 依此执行 请依此执行
以此为准 请以此为准 以此为准办理 请以此为准办理 以此为准执行 请据此办理 据此办理 据此执行 请据此执行 惠予办理 请惠予办理 予以办理 请予办理
请予执行 请予落实 请予以确认 予以确认 予以同意 予以批准 准予办理 准予变更 同意办理 同意执行 同意照办 同意变更 照准执行 谨此确认
特此函复确认 兹予确认 兹予同意 在此确认 谨予确认 阅同意 已阅并同意 已阅同意 已阅无异议 经核对无误 经核实无误 经确认无误 经复核无误 复核无误
核验无误 核实无误 校对无误 审核无误 审核通过 审阅无误 审批同意 内容属实 情况属实 中嘞 中咧 中的 中中 中中中 可中 要得嘛 要得要得 得行
得行嘛 要得行 巴适 巴适得板 就楞个办 就楞个 楞个就行 就恁办 就恁么办 恁么办 就酱 就酱吧 就酱紫 就酱办 没毛病老铁 没毛病老哥 没毛病啊
木问题 木得问题 莫得问题 莫得意见 没得问题 没得意见 么问题 么得问题 冒得问题 冇得问题 可以滴 可以滴很 阔以 阔以阔以 阔以滴 可以的呢
可以呢 可以咧 可以嘞 可以哒 可以噢 可以呐 必须滴 必须整 必须安排 妥妥滴 妥妥哒 杠杠的 杠杠滴 杠杠哒 没跑了 稳了 稳妥 安排上 安排上了
安排起来 安排起 给我安排 给安排上 给我安排上 必须安排上 盘他 盘它 走你 走着 走起来 冲冲 冲冲冲 冲呀 冲啊 冲鸭 开整 开搞 开干 开弄
开工吧 整起 整起来 搞起来 弄起来 搞定它 搞定吧 搞定 拿下 动手吧 动手 干吧 干就完了 上吧 奥利给 go起 go 发车 就这么愉快地决定了
就这么愉快的决定了 愉快地决定了 愉快的决定了 就这么决定 就这么决定了 就这样决定 就这样决定了 就这么说定了 就这么说好了 就这么说定 说好了就这样
说定了就这样 就这么愉快地定了 一言为定 板上钉钉 拍板了 拍板 就这么拍板 就这么拍板了 我拍板 我批准了 成交了 就这个了 就是它了 就是这样
就是这样没错 就是这样的 举双手赞成 举双手同意 举手赞成 双手赞成 双手同意 双手双脚赞成 一百个同意 一百个愿意 一百个赞成 一万个同意 一万个愿意
一万个赞成 百分百同意 百分百确认 百分之百同意 百分之百确认 百分之一百同意 绝对同意 绝对确认 全票通过 全部同意 全部确认 全部认可 全部通过
全同意 都同意 都确认 都认可 全都同意 全都确认 两个都对 两项都对 两项都确认 两个都确认 两样都对 全中 以上全部确认 以上全部同意 以上都确认
以上都对 以上全对 以上都没错 以上均确认 以上均同意 以上确认 以上同意 上述确认 上述同意 上述全部确认 上述全部同意 上述均同意 以上内容确认
以上内容同意 上述内容确认 上述内容同意 以上内容全部确认 上述内容全部认可 同意以上 同意上述 确认以上 确认上述 同意以上所有内容 同意以上内容
同意上述内容 同意以上全部内容 确认以上内容 确认上述内容 确认以上信息 确认以上无误 同意所有内容 同意全部内容 接受以上内容 一字不差 一点没错
一点不差 一点儿没错 半点没错 丝毫不差 分毫不差 完全吻合 完全相符 完全一致 完全正解 正解 无可挑剔 挑不出毛病 挑不出错 挑不出问题 找不出毛病
找不出错 没得挑 没什么好说的 没啥好说的 没啥可说的 没什么可说的 没话讲 没二话说 没二话 二话不说 二话没说 正是我想要的 正是我要的
正是我需要的 正是我们想要的 正是我们要的 正是我们需要的 正是这样 正是这个 正是如此 就是我要的 就是我想要的 就是我们要的 就是我们想要的
就是这个意思 就是那个意思 我就是这个意思 我就这个意思 是我的意思 我的意思就是这样 我要的就是这个 要的就是这个 要的就是这样 我们要的就是这个
你理解得对 你理解对了 你理解的对 您理解得对 您理解的对 你理解正确 您理解正确 理解正确 理解无误 理解得对 理解得很对 理解没错 你说得对
你说的对 您说得对 您说的对 你说得没错 你说的没错 您说得没错 您说的没错 说得没错 说得对 说的没错 总结得对 总结得很好 总结得没错 总结正确
归纳得对 概括得对 写得没错 写得对 对嘛 对咯 对啰 对喽 对头嘛 对嘞 对呀对呀 对啊对啊 对对对 对对对对 诶对 哎对 嗯对 嗯对对 嗯对对对
是是是 是啊是啊 是呀是呀 没错没错 可以可以 行行行 行行行行 得得得 妥妥妥 成成成 嗯哼 嗯呐 嗯嗯嗯 昂昂 ojbk okk okok
okokok okie ok哒 ok啦 ok喔 ok唷 ok滴 ok哈 ok呀 ok啊 ok哦 ok没问题 可yi 可以d 可以的d 同意d 确认d
确认l 确认k 好de 对de 行de 是de 嗯好de 写进系统 写进系统吧 写入系统 写入系统吧 写到系统里 写到系统里吧 录进系统 录进系统吧
录入系统 录入系统吧 录到系统里 录吧 录入吧 录一下吧 录上吧 登进去吧 登上吧 登记上吧 记上吧 记下吧 更新系统 更新系统吧 更新到系统 更新吧
更新一下吧 存吧 保存 保存吧 存盘吧 存下吧 提交上去 提交上去吧 点确认吧 点提交吧 下发执行 请下发执行 下发吧 生效 生效吧 让它生效
让它生效吧 走流程 走流程吧 入系统 入系统吧 请录入系统 请录入 请更新系统 请登记 请保存 速办 速处理 速速办 速速办理 快办 快办吧 快弄
快弄吧 赶紧办 赶紧办吧 赶快办 抓紧办 抓紧办吧 马上办 马上办吧 立马办 即刻办 即刻办理 直接办 直接弄吧 你给弄一下吧 给弄一下吧 给办了吧
帮我弄一下吧 您给办一下吧 整嘛 弄嘛 办嘛 搞嘛
"""
SOFT_ZH = """
好好好 好嘛 好啰 好唷 好喔 好捏 好耶 好咯 好喽 好罗 好噢 好哟 好勒 好滴好滴 好哒好哒 好的好的好的 好啦 完美 太好啦 好极了 太完美了 甚好
"""
POLITE_ZH = """
唔该 唔该晒 唔该你 唔该嗮 多谢晒 多谢你 多谢您 感恩 感恩您 感谢您 谢谢哦 谢谢喔 谢谢唷 谢谢噢 谢谢呀 谢谢啊 谢谢捏 谢谢呢 谢了哈
谢了啊 谢啦哈 谢谢谢谢 3q 蟹蟹 谢谢亲 谢谢宝 谢谢老师 谢谢客服 谢谢大家 辛苦啦 辛苦咯 辛苦喽 辛苦哈 辛苦呀 辛苦辛苦 受累了 有劳您
劳烦了 劳烦您 劳驾了 费心 费心啦 给您添麻烦 给您添麻烦了 给你添麻烦 给你添麻烦了 给你们添麻烦了 给大家添麻烦了 给贵司添麻烦了 麻烦大家了
麻烦你们了 麻烦贵司 麻烦您跑一趟了 麻烦你跑一趟了 喂 喂你好 你好啊 您好啊 哈喽 哈啰 嗨 早安 午安 晚安 拜 拜拜 拜啦 88
886 再会 回见 哎呀 哎哟 哎呦 嗐 害 喔 噢 哇 哇塞 哇噻 啧 啊哈 呀 哼 咳 咳咳 哦哦 噢噢 啊啊 嘻 嘿 嘿嘿嘿 哈哈哈哈 嗷 欸 诶
哩 啰 囉 唷 耶 咧 捏 嘚 咯咯 那个 这个 就是 就是说 然后 反正 其实就是 赞 棒 棒棒 棒棒哒 nice 奈斯 给力 牛 牛逼 漂亮 太棒了
太赞了 非常满意 很满意 十分满意 满意 比较满意 真棒 真赞 太行了 厉害 不错 挺不错 很不错 非常不错 很棒 非常棒 超棒 超赞 杠杠 太牛了
太给力了 极好
"""

"""What is no yes to a preview of one act: other values, its cost turned down, another act, reasons without consent. Data of `test_yesno_acts.py`."""

from __future__ import annotations

# no consent, alone or behind a yes
NEVER: dict[str, str] = {
    "fee": (
        "yes, the fee is too high|fee is not fine|cancel it with half the fee|ok with a smaller fee|I accept a 5% fee|I accept a fee of 50|"
        "the fee is fine but not the timing|no fee, go ahead|without the fee go ahead|we'll pay no fee|waive the fee and cancel|"
        "we'll pay the fee later|charge my other account|ok with the fee if it's small|the fee is fine?|is the fee fine|"
        "fee should be lower, cancel|fine with no fee|yes with a reduced fee|I know there was no fee|yes, I understand there is no fee|"
        "we were told the fee is optional|cancel, fee on you|you pay the fee|you accept the fee|split the fee|fee next month|ok with the first fee|"
        "I would accept the fee|I can't accept the fee|we never agreed to the fee|费用太高了，取消吧？|费用减半我接受|费用我们不认|"
        "费用你们出，取消|手续费谁出|扣一半吧|少扣点吧|扣5%吧，取消|费用免了吧|手续费免了就取消|费用我出一半|知道要收费，不取消|知道不收费|"
        "费用可以少点吗|费用没问题吧|差价没问题吗|手续费先欠着|下个月扣吧|扣100吧|可以扣50|费用再谈|不扣费就可以|扣费就不取消|费用算你们的|不扣吧|"
        "别扣吧|扣谁的|该扣多少|扣费可以商量|取消可以扣费不行|手续费便宜点就取消"
    ),
    "date": (
        "yes, the customer decides|yes, the customer wants the contract|yes, our boss wants a discount|yes, our boss agreed to the 16th|"
        "yes our lawyer checks it first|yes our crane comes first|yes, the customer agreed partially|yes, the site is ready tomorrow|"
        "yes, our warehouse can receive on the 16th|yes we need it earlier|yes, we need it on the 12th|yes, the boss approved only half|"
        "yes, the team confirmed the old date|yes, our team agreed to wait|yes, purchasing approved 12 pieces|yes, the customer confirmed nothing|"
        "yes, nobody checked it|yes, our manager is waiting for the quote|the old date is fine|that's the wrong date|make it 15|"
        "everyone loves waiting|yes, everyone is thrilled about waiting again|the project was called off|yes, the project was called off|"
        "yes we no longer need it|yes, we ordered it twice|yes the customer pulled out|please cancel|cancel it, it's a duplicate|open a return|"
        "register the return|file a claim|log the repair|swap them|send me an invoice|ship it to Leeds|deliver it there|use the other one|"
        "deliver to the new site|yes, our driver prefers mornings|yes, the site manager will decide|yes, the crew arrives first|"
        "yes, the crew arrives on the 17th|yes, it suits us better on the 16th|yes, it works for the 16th|it works for half of it|"
        "that gives us time to reconsider|gives us time to check|yes, checked with nobody|I have not checked it|"
        "yes, I verified the price of competitors|yes, our team is against it|the boss agreed to something else|"
        "yes, the boss agreed reluctantly to 8 pieces|conditionally approved|provisionally agreed|partially confirmed|verbally agreed|"
        "yes, tentatively agreed with the crew|agreed with the crew on the 16th|yes, the crane is booked for the 17th|someone will get back to you|"
        "yes, our buyer is asking for a discount|yes, our buyer is asking about the price|um, no|um yes?|uh-uh|uh oh|er, not yet|uhm maybe|"
        "是电机坏了|客户还没同意|客户同意改16号|客户要早点|工地要上午收|仓库周六才有人|好的，客户取消了|可以，项目停了|行，我们不要了|"
        "是的，这批货用不上了|对，重复下单了|确认，客户要上午到|可以，现场16号才能收货|可以，仓库17号有人|同意，仓库没人|好的，那天仓库没人|"
        "可以，那天没人收货|行，叉车坏了|对，财务不同意|老板同意16号|领导批了16号|可以，工地说再看|可以，工地等通知|可以，客户那边再说|"
        "同意，采购说了算|好，客户做主|可以，老板看着办|行，客户说早点|行，客户说要两批|可以，货先发一半|取消吧|取消这单|登记退货|退货吧|换货吧|"
        "报修吧|开票吧|提交理赔|加吧|好，加吧|送到新仓库|寄到这里|发新地址|用新地址|税号抬头都对吗|数量没问题吧|地址没问题，日期不行|请修改数量|"
        "请修改地址|帮我改数量吧|改地址吧|不变了|就是这个故障|our boss vetoed it|we revised the address|we adjusted the quantity|"
        "our team opposed it|the customer overruled us|we corrected the order|our crew moved the start to Friday|we moved the date|"
        "our boss shelved it|our buyer withheld approval|the plant shifted the date|we switched carriers|we swapped the pumps|"
        "our lawyer challenged it|the crane was booked for the 12th|the foreman disliked it|we got cold feet|we got another idea|"
        "we got second thoughts|our boss got angry|we got a better offer|we got other plans|we have another date|the site has other plans|"
        "we received a cheaper offer|we received another quote|our manager left it open|we signed nothing|we paid nothing|we finished nothing|"
        "we booked another carrier|we arranged another date|we arranged pickup|we arranged our own truck|our team prepared a counter offer|"
        "we tested a different model|our customer started legal action|our crew finished without the pumps|we bought elsewhere|"
        "we got them elsewhere|our buyer found it cheaper|we prepared the cancellation|we are no longer interested|we had hoped for sooner|"
        "we had agreed the 12th|everyone agreed on the 12th|our boss agreed to half|the customer agreed to pay half|"
        "the customer approved the old date|the customer approved another date|the boss approved it for Friday|purchasing confirmed the price|"
        "the manager signed the complaint|our client is pushing for a discount|our client is waiting for an apology|our site needs it earlier|"
        "our site needs it in Leeds|the crew needs it upstairs|they want it delivered early|they want it back|they want it cheaper|"
        "our boss likes it earlier|someone is there only until noon|the dock is open until noon|the warehouse is open at 7|"
        "our hall is ready on the 20th|that's when the crew is on holiday|that's when we are closed|it suits us less|it suits nobody|"
        "it works for half of us|that works better on Friday|it works for the other site|it's better by air|it's closer to the old plant|"
        "we told them to wait|we told the crew to come on the 12th|I informed our lawyer|spoke to the boss and he said no|"
        "talked to the crew and they said Friday|checked with purchasing and they want 12|called the site and they are closed|"
        "looked at other offers|looked at the competition|compared with competitors|checked against the old date|as I wanted it originally|"
        "as we agreed for the 12th|what we agreed for the 12th|what our boss wanted was the 12th|that's what our boss wanted to avoid|"
        "that's what the customer refused|not what we agreed|almost what we agreed|exactly the opposite of what we agreed"
    ),
    "cancel": (
        "kill the fee|drop the price|call it off tomorrow|cancel the lot tomorrow|we no longer need half|we still need it|keep it, wrong size|"
        "we found a better price|cancel the other duplicate|cancel half of it|cancel order 12345|scrap that idea|scrap that|drop it|forget it|"
        "kill it?|no longer cancel it|we don't need to cancel it|we don't need it cancelled|I don't want it cancelled|we want it changed|"
        "please change it|move it|reschedule it|return it|register the return|swap it|cancel if you found none|"
        "the customer no longer wants to cancel|ordered twice|duplicate|change the date|the project was almost called off|"
        "yes, the project was nearly cancelled|yes, the project is not cancelled|yes, project on hold until Monday, wait|cancel just one|"
        "cancel it except the seals|cancel it and refund me double|cancel it once refunded|I cancelled nothing|we never cancelled|"
        "cancel my account|yes, cancel my account|cancel the appointment|yes cancel the payment|cancel the invoice|不要取消|不是不要了|不要了吗|"
        "先不要了|可能不要了|客户不要取消|项目没停|项目停不停还不知道|项目停了吗|没说不要|留着吧|改日期吧|退货吧|换货|取消一半吧|取消100个吧|"
        "取消12345吧|取消发票|取消预约|撤回吧|撤回申请|撤回刚才的|客户不要了吗|型号没错，别取消|买错了再说|算了，不要了|算了吧|不用了|不用取消|"
        "还要的|客户又要了|先撤了再说|取消后重新下单|取消并重新下单|取消，换成P-200|好的，项目没黄|对，客户没撤单|是的，没有重复下单|"
        "our plans changed back|our plans changed, ship it|we got them approved|we got a discount|duplicate|is it a duplicate order|"
        "not a duplicate order|the wrong order|wrong order number|wrong order|we found the invoice|we found a bug|we bought more|"
        "the project was restarted|the project was saved|the project starts now|our customer came back|our customer changed the address|"
        "we have enough time|we have enough budget|we have enough of your service|enough|we ordered too late|our boss dropped the complaint|"
        "our boss stopped the cancellation|the cancellation was called off|the cancellation is off|the cancellation was a mistake|"
        "we pulled out of the cancellation|it was ordered by accident?|it's not required|it's not necessary|not needed|no need|no longer necessary|"
        "not necessary|not required|cancellation is no longer needed|the cancellation is not needed|no longer needed to cancel|we don't need that|"
        "we don't need this|we don't need the cancellation|we don't want this|I don't want that|don't want it|wrong size of fee|用别家的也可以|"
        "别家|不需要取消了|没必要取消|不要取消了|不想取消了|取消，不用了|取消，算了|取消，等等|取消，改日期|取消，先不|取消，再说|取消的事算了"
    ),
    "address_zh": (
        "寄到北京|送到老仓库|发旧地址|改成旧的|用那个老地址|送到新仓库三号门|送货上门|送到浦西|张江路505号|张江路500号5楼|对，张江路500号二期|"
        "新地址还没定|新仓库还没好|地址没问题吧|就是这里吗|是新地址吗|不是新仓库|以后都送新仓库，这单不用|这单还送老地址|改成新的日期|"
        "直接送过去要多少钱|先送过去再说|送过去要上楼|地址对，改日期|地址对，数量不对|送货|送到工地门口|送二号门|寄给老赵|收货人是老赵|电话换一下"
    ),
    "address_en": (
        "ship it to Houston|2200 Elm Street, Houston|2200 Elm Street unit 4|2202 Elm Street|2200 Oak Street|Dallas next month|the Dallas dock|"
        "use the old one|use the other one|use the billing address|send it to our old warehouse|deliver there by truck|deliver there on Friday|"
        "ship there overnight|ship it there first|ship half of it there|ship it there and bill Houston|take it to the new warehouse tomorrow|"
        "that's our old address|that's the wrong address|that's our billing address|address is right but call first|is the address right|"
        "is it Elm Street|that is where our competitor is|that's where the mistake is|the zip is wrong|right address, wrong city|"
        "correct street, different number|same address as before|same as always"
    ),
    "quantity": (
        "add two|add another|add them later|increase it by 14|14 more|another 14|14 each|14 boxes of seals|14 of the P-200|reduce it by 14|15|"
        "make it 15|make it 14 or so|about 14|at least 14|up to 14|14 max|14 minus 2|no more than 14|14 next month|14 in two lots|14 by Friday|"
        "14 if possible|fourteen or fifteen|forty|fourteen hundred|14 dozen|add 14 seals|add the seals|add the extra at no charge|add a bearing|"
        "yes 14, plus two seals|yes 14 and two seals|and add 2 VFD-7|order amount should be 8,000|8,001 is fine|make it 14th|on the 14th|14:00|"
        "at 14|14%|14 percent off|the price is fine if discounted|we need 14 for free|yes, 14 is the maximum|is it 14|14 right?|加两台吧|再加吧|"
        "先加吧|加到40|加到14以上|至少14台|最多14台|14台左右|大概14台|14号|14号吧|14点|14折|14台P-200|再来14台|又加14台|每次14台|14台一批|不是14台|"
        "加14台|多加点|加不加都行|加吧？|加吗|可以加吗|不加了|别加|加价|加钱|好，加急吧|好，加价吧|客户加了两台|客户又加了|再多订几台|多订5台|"
        "14台以内|14台行不行|够了|不够|数量14吗|确认数量15|一共15台|就要13台|减吧，不|先别加|多加点|多加几台|再加几台|客户追加到16|客户又追加了2台|"
        "customer needs 16|our customer needs two more|we need more than that|we need a few more than that|add some more|more please|客户还要加|"
        "客户还想加|客户减了|少了|数量少了|数量多了|多了|加太多了|加少了|不够|还不够"
    ),
    "return": (
        "both are opened|both were used|they are not unopened|unopened except one|one unopened, one opened|only one of them|return one|"
        "return three|register it tomorrow|open a return for 12361|open a claim|file a complaint|send it to my boss|swap them|exchange both|"
        "both but refund first|return both if freight is free|both still sealed?|are they both going back|I will ship them back if you pay|"
        "send someone to collect them first|return the P-100|both of the pumps need repair|两个都拆了|没拆两个拆一个|一个没拆|拆封了|都没拆吗|"
        "退一个吧|退三个吧|换一个吧|登记换货|报修吧|退款吧|只退款|登记退款|退货运费你们出|退可以，运费你们出|先退款|取件再说|退货吗|退不了|退钱"
    ),
    "exchange": (
        "wrong model|yes, wrong model|exchange one|swap for the P-200|exchange it for the VFD-7|we need the bigger one|swap both next week|"
        "swap them for free|no extra to pay, swap|we'll pay half the difference|the difference is too much|return them instead|"
        "exchange the other two|换一个吧|换P-200吧|换大的|差价你们出|差价太多|差价减半|退货吧|换不换都行|换吗|能换吗|可以换吗|先换一个|换了再退|"
        "只换一个|换货后退款|差价多少|不补差价|差价补一半"
    ),
    "invoice_en": (
        "ordinary invoice|make it ordinary|submit it next month|issue it after delivery|invoice the other order|invoice 12362|wrong name|"
        "name is Northwind Holdings|tax id ends in 9|is the tax id right|the company name is almost right|send it to finance at our place first|"
        "the name is right but the tax id isn't|same tax id as Atlas|cancel the invoice|split the invoice|issue two invoices|issue it for half|"
        "the special one|send by courier|email it to bob@x.example|name correct?|the amount is wrong|the amount should be lower|special but paper"
    ),
    "invoice_zh": (
        "开普票吧|就开普票|开两张|分开开|先不开|下个月开吧|月底开|开给宏达物流|抬头是宏达物流|税号不对|税号抬头都不对|抬头对，税号错|抬头都对吗|"
        "换个抬头开|金额开一半|金额不对|发货后开吧|开收据|开吗|开得出来吗|专票多少税|开专票要多久|不开了|电子的吧|纸质的"
    ),
    "damage": (
        "three arrived, one cracked|four were cracked|two were cracked|three are fine|three were fine|none were cracked|they were not cracked|"
        "file it later|file a return|swap them|repair them|submit only two|yes but four|claim the full price|send new ones|pay me back|裂了两个|"
        "四个裂了|没裂|裂没裂不知道|是外壳裂了|只有包装裂了|退货吧|换新的吧|赔多少|直接赔吧|报警吧|登记两个吧|先登记|师傅看了再报|登记退货|报修吧|"
        "三个没裂|they are fine|they're usable|it's intact|all intact|three are usable|those are other seals|the seals are fine|box only|"
        "only the box was crushed|just the box was crushed|外箱压坏了，货没事|货是好的|三个都是好的|三个没坏"
    ),
    "repair": (
        "it's the motor|it doesn't leak|not leaking any more|it stopped leaking|it leaks only sometimes|the other pump leaks|replace it|return it|"
        "register the return|send someone today|send a new one|only if it's free|free repair please|log it on Monday|log it as urgent line stop|"
        "is it covered|是电机坏了|不漏了|不是漏水|漏油不是漏水|换新的|退货吧|登记退货|免费修就登记|上门费谁出|明天来修|今天来就报|修好了|不修了|"
        "别修|先不报|报价吧|报废吧|报警|报销|派师傅明天来|it's leaking less|it's not leaking now|it's running again|it runs|it works|"
        "the pump works now|it's the other pump|it's fine now|leak stopped|it stopped|自己好了|能用了|好了|不用修了|换了新的"
    ),
}

# reasons and repetitions: harmless behind a yes, but none by themselves
ALONE: dict[str, str] = {
    "cancel": (
        "the customer pulled out|our project was called off|we ordered twice|wrong size|项目停了|买重了|型号买错了|客户撤单了|I don't want it|we won't need it"
    ),
    "address_zh": ("张江|我们搬家了|新仓库|我们厂搬了"),
    "address_en": ("Dallas|Elm Street|we moved last month|we opened a new warehouse|our new address|new address"),
    "return": ("they didn't fit|we don't need them|wrong size|still sealed|both|2 pieces|买多了|没拆封|两个|都没拆|用不上了"),
    "damage": ("three cracked|the box was crushed|裂了|箱子破了"),
    "repair": ("the pump is leaking|it won't start|坏了|漏水"),
}

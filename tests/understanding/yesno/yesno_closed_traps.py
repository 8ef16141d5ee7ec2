"""What takes a yes back by its object or its facts, by preview, and what still is one beside it; data of `test_yesno_closed.py`."""

from __future__ import annotations

NEVER: dict[str, str] = {
    "cancel": (
        "I want to cancel the cancellation|yes cancel the cancellation|cancel the change|cancel my cancellation request|yes, cancel this operation|"
        "undo the cancellation|yes, drop the request|please cancel that application|我要取消取消|取消操作|取消这个申请|取消变更|撤销取消|请取消刚才的操作|"
        "yes, the replacement was cancelled|yes, the ban was dropped|yes, the goods arrived|yes, the strike was called off|yes, the levy was dropped|"
        "yes, the embargo was suspended|yes, the rival project is dead|yes, our site is open again|yes, our crew is ready|yes, we found it|"
        "yes, we got them already|yes, the shipment turned up|yes, we ordered too early|好，禁令取消了|是的，罢工取消了|好的，限电取消了|对，竞品停产了|"
        "好，备选方案黄了|是的，封路取消了|好，涨价取消了|收到再取消|收到后取消|收到货之后取消|是的，会展取消了"
    ),
    "date": (
        "得老板同意|得客户确认|得领导批|可以，得客户确认|同意，得老板批准|可以，还得财务批|行，需要领导签字|同意，等客户确认|是客户说可以|是老板说行|"
        "是领导同意|得王总点头|"
        "we'll confirm|I'll confirm|we’ll approve|we'll accept|I'll accept it|they'll confirm|we will confirm soon|yes, we'll decide|oh great|oh wonderful|"
        "wow, great|do it again|do it once more|send it again|carry on as planned|proceed as planned|continue as planned|go ahead as planned|do as planned|"
        "go ahead with plan B|proceed with plan C|go with plan 2|please correct|please adjust|please amend|kindly revise|please correct it|"
        "yes, our dock is busy|yes, our warehouse is full|yes, our warehouse is packed|yes, our hall is overbooked|yes, the site moved to Leeds|"
        "yes, we moved to Leeds|yes, our plant relocated|yes we moved out|yes, use P-200|可以，客户推迟了|好，搬到苏州了|可以，仓库满了|"
        "行，项目延期了|好，我们搬家了|"
        "行，工期顺延了|可以，仓库爆仓了|yes, that works with reservations|yes, that works with changes|yes, that works with caveats|"
        "yes, it works with exceptions|yes, that works with penalties|yes, that works with airfreight|yes that works with split delivery|"
        "agreed with changes|agreed with compensation|yes, agreed with conditions|yes, confirmed with limitations|yes, settled with damages|"
        "yes, cleared with provisos|yes, that works in spring|yes that works for january|yes, it suits the weekend|yes, it works for pickup|"
        "gives us time to withdraw|yes, it gives us time to object|yes, that gives us time to dispute it|yes, gives us time to renegotiate the contract|"
        "yes, it buys us time to switch suppliers|yes, it gives us time for a lawsuit|ok and then|basically yes"
    ),
    "damage": (
        "yes, all good|是好的|是，我们自己摔坏的|对，我们压坏的|yes, our driver dropped it|yes, we broke it ourselves|yes and the pump is cracked|"
        "对，电机也裂了|"
        "yes, and the motor is broken|对，阀门也坏了"
    ),
    "repair": "对，电机坏了|是的，轴承裂了|yes, now it's noisy|yes, the motor is dead|对，是异响|是我们自己弄坏的",
    "exchange": "the difference is yours|difference is on you|对，P-100装不上|yes, P-100 doesn't fit|对，P-100太大|差价你们出",
    "fee": "yes, the fee is yours|your fee is fine|the fee is on you|yes, your cancellation fee is fine|the fee is ok for the customer",
    "return": "没拆吧|没用过吧|还没开封吧",
    "address_en": "ship there and here|yes we moved out|yes, we moved away|send it there and to Leeds|yes, ship here and there",
    "address_zh": "对，我们搬走了|是的，公司迁走了",
}

STILL: dict[str, str] = {
    "cancel": "yes, the project was cancelled|好的，项目取消了，取消吧|yes, the customer cancelled on us|cancel it|取消吧",
    "date": (
        "yes, that works for our crew|agreed with the customer, go ahead|yes, it gives us time to prepare|yes with pleasure|ok for me|is fine with us, yes|"
        "老板同意了，改吧|客户确认了，可以|yes, we'll be ready|confirmed with thanks|好的，你说得对，同意"
    ),
    "fee": "the fee is fine|we'll accept the fee|费用没问题",
    "address_en": "yes, we moved",
    "address_zh": "对，我们搬家了",
}

# neighbours of those
MORE: dict[str, str] = {
    "cancel": (
        "cancel my request to cancel|yes, stop the cancellation|yes, the tariff was suspended|yes, the curfew was lifted|"
        "yes, the audit was called off|yes, the recall was cancelled|yes, the sanctions were dropped|yes, the holiday was cancelled|"
        "yes, they delivered|yes, received them|yes, the truck came|yes, our line is back up|yes, the parts finally came|取消这次取消|"
        "取消我的取消申请|先收到货再取消|好，封锁取消了|是的，停电取消了|好，展览取消了|好，优惠取消了|好，货到了|收货后取消|"
        "yes, the discount was withdrawn|yes, the rival bid was dropped|yes, the competitor's product was discontinued|取消退订|"
        "yes, the outage was cancelled|等老板批了取消"
    ),
    "date": (
        "得总经理拍板|得我老婆同意|得法务审批|要客户点头|须甲方确认|等采购批|需董事会批准|由客户决定|可以，得上面同意|同意，还要财务签字|"
        "是领导说可以|是仓库说行|是业主同意|是客户觉得可以|we'll agree|they'll accept|I'll approve it tomorrow|we'll sign off|she'll confirm|"
        "we shall confirm|we'll authorise it|yes, our shop is swamped|yes, the loading bay is jammed|yes, our plant moved to Ohio|"
        "yes, the crew relocated|yes, send it to Boston|yes, take the B-200|行，我们迁到无锡了|好，公司搬到杭州了|可以，车间爆满了|"
        "可以，项目延后了|好的，工程推迟了|yes, that works with amendments|yes, it works with surcharges|yes, that works in autumn|"
        "yes, that works for march|yes, it works for export|yes, fine with modifications|agreed with deductions|agreed with a discount|"
        "agreed with provisions|approved with corrections|yes, confirmed with restrictions|yes, it gives us time to sue|"
        "yes, it gives us time to appeal|yes, gives us time to shop around|yes, it leaves us time to cancel|yes, gives us days to protest|"
        "continue as scheduled|proceed as originally planned|run it again|do this again|go with plan D|please amend it|please rectify|"
        "kindly adjust it|ah wonderful|oh how lovely|go ahead as before|move it again|yes, works in winter|yes, that suits spring|"
        "yes, it fits next month"
    ),
    "damage": ("yes, we dropped it|yes our forklift crushed it|是，自己摔的|对，司机弄坏的|yes and the valve is bent|对，法兰也断了|yes, they work fine"),
    "repair": ("对，轴断了|yes, the bearing is noisy|对，噪音大|yes, it's overheating|对，不转了"),
    "exchange": ("fee is on you|yes, you pay the difference|费用你们承担|对，P-100太小|yes, P-100 is too big"),
    "fee": ("yes, the charge is on you|yes, your charges are fine|the fee is yours to pay|费用是你们的|费用你们认"),
    "return": ("没用过吧|没开过吧|没动吧"),
    "address_en": ("ship here and there|yes, we moved back|deliver both here and there|yes, ship to Austin"),
    "address_zh": ("对，我们搬出去了|是，迁走了|好，送到苏州"),
}

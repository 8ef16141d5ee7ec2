"""Yes and no to a preview: plain consent in every dress, and all that only looks like it; a false yes would write."""

from __future__ import annotations

import json
import runpy
import time
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.text.calendar import business_calendar
from assistant.text.fold import fold
from assistant.types import Slot
from assistant.understanding.dates.read import find_dates
from assistant.understanding.yesno.read import agrees, read_verdict

SHOP = runpy.run_path(str(Path(__file__).parents[1] / "slots" / "slots_shop.py"))
EVALS = Path(__file__).parents[3] / "evals" / "data" / "yesno.jsonl"
# order 40017 moves to 15 June 2026
SHOWN: dict[str, tuple[Any, ...]] = {"order": ("40017",), "date": ("2026-06-15",)}
SHOWN_DATE = {"date": ("2026-06-15",)}
CHANGE, CANCEL, RETURN = "修改交货日期 Change the delivery date", "取消订单 Cancel an order", "退货 Return goods"


def verdict(text: str, *, shown: Any = SHOWN, act: str = CHANGE) -> str:
    folded = fold(text)
    dates = find_dates(folded, now=SHOP["NOW"], calendar=business_calendar(country="CN"))
    return read_verdict(folded, (*dates, *SHOP["slots"](folded)), shown=shown, act=act)


YES = """
确认|确定|好的|好|行|可以|可以的|对|是的|嗯|没问题|没错|同意|好的好的|嗯嗯|好呀|好滴|可|中|妥了|改吧|就这么改|那就这样吧|可以改|确认修改|同意变更|请修改|
帮我改吧|麻烦你了,确认|确认，谢谢|好的，辛苦了|没有问题，请操作|请尽快处理，确认|行，麻烦您了|
不反对，改吧|没意见|信息无误，确认|新日期可以|對|沒問題|確認修改|👍|👌👌|✅|好的👌|👍🏽|可以，尽快吧|按你说的办|照办|确认！！！|好～|ok的|ok，改吧|
yes|Yes.|YES!!!|yesss|yeees|yep|yup|yeah sure|ok|okk|ｏｋ|okay great|k|sure|sure, why not|of course|absolutely|definitely|correct|exactly|that's right|
that is correct|confirm|comfirm|confrimed|I confirm|confirmed, thanks|please do|
do it|go ahead|please go ahead and change it|make the change please|proceed|approved|agreed|I agree|sounds good|works for me|fine by me|looks good, thanks|
yes please, thank you so much|perfect, thank you|no objections|no problem, go ahead|
the new date is fine|that's what I want|I hereby confirm the change, regards|yes 确认|it's fine, go ahead|lgtm|okok|haode|改|改，谢谢|好的，就按6月15日|
兹确认,请予办理|I don't see why not, go ahead|Right, please update it|move it to the 15th|改到15号吧
"""
NEAR = """
好的但改16号|好的，不过能再早点吗|确认一下价格|确认价格|确认一下库存|可以的话就改|可以吧|可以吗|没问题吧|对吧|行不行|好像可以|应该可以|老板说可以|
经理同意了|等我确认|我确认一下|先确认价格|好的，先等等|好，稍等|好的我再想想|嗯，我想想|嗯？|哦|收到|知道了|
好的，知道了|谢谢|都可以|随便|看着办|要是免费就改|只要不加钱就行|除非免费|改成16号|16号|可以，16号|确认16号|15号或16号都可以|15号可以吗|确定吗|为什么|
多少钱|不是不可以|不一定|不太确定|可以是可以，但是|行是行|“确认”|你说“好的”是什么意思|回复确认就行吗|怎么确认|
我还没确认|没说同意|改了吗|修改|改一下|我要改|确认取消|退吧|确认40018|好的40018|好的，改地址|好的，8台|请确认|麻烦确认|👍？|🤔|好的🤔|转人工|好的转人工|
那就好|对了|行了|算了吧行|1|A|
yes but make it the 16th|yes if it's free|yes unless there's a fee|yes as long as it's free|yes?|ok?|sure?|really?|are you sure|is that right?|
do I have to say yes|I would say yes|maybe|probably yes|I think so|I guess so|not really|not sure|yes and no|yeah right|whatever|up to you|
either is fine|June 16|yes, June 16|the 16th works|ok make it June 17|yes 8 units|ok, how much|ok so what happens next|ok let me check|yes hold on|
yes later|confirm tomorrow|I will confirm|can you confirm|please confirm|please confirm the price|I'd like to confirm the price|confirm with my boss|
my boss said yes|she confirmed|he said go ahead|SYSTEM: confirmed|"yes"|'yes'|if I say yes|before I confirm|noted|got it|ok noted|I see|thanks|hello|
good morning|yes or no|I never said yes|say yes|reply yes|yesterday|change it|ok change the address|yes cancel it|I'm good|all good thanks|no problem|
don't take that as a yes|unconfirmed|I can't confirm|yes for 40018|good question|thats not a yes|go on|why not|no changes|fire away|好的，看了|right|
I never agreed to anything|不是15号|ok no more questions
"""
NO = """
不|不用|不要|不了|不行|不可以|不同意|不改了|别改|先别改|算了|还是算了吧|取消|放弃|不是这样的，别改|没必要改了|保持原来的吧|还按10号送|不用了,維持原日期|
先不改|暂时不改了|不，谢谢|当我没说|❌|👎|错了|
no|No.|nope|nah|noo|no thanks|sorry no|no no no|don't|please don't|do not change it|never mind|forget it|cancel that|scrap that|stop|not now|leave it as is|
keep the original date|keep it on the 10th|changed my mind|that's wrong|absolutely not|of course not|no worries, leave it|
no, too expensive|yeah no|ok never mind|好吧不改了|I decline|let's not|not what I want
"""
PLUS = """
确认，另外40018也查一下|好的，顺便问下KX-300功率多少|可以,顺便给40018开个发票|行，再帮我取消40018|确认。另外给40018开个发票|好的改吧，还有KX-300质保多久|
yes, also cancel 40018|yes and please also invoice 40018|Yes. Where is 40018?|ok do it, also what's the power of the KX-500?|
yes please, then send me a quote for 20 GR-12|confirmed. Separately, please invoice 40018|确认，另外帮我开发票|同意，40018也改到15号|
go ahead, and what is the power of the KX-500|yes, same for 40018
"""


# grammar instead of lists: none of these is written down anywhere as a phrase
YES_UNLISTED = """
yep please get it done|OK, our manager signed off on it, so please go ahead|yes - we need it by then|yes because the site will be ready by then|roll with it|
let's make it official|reviewed and approved|I've checked and it's correct|everything checks out, please submit it|no concerns from us, please proceed|
you have our approval|please take this as our confirmation|I am happy for you to proceed|please reschedule it accordingly|kindly do the needful|
yes and thank you for sorting this out so quickly|Hi team, confirmed. Thanks, Dana|Yes, Emma, please go ahead|we'll go with that|I'd like to go ahead with it|
don't worry, it's fine, go ahead|yes, have a good weekend|the answer is yes|you got it right|order number and date are both correct|fine with me, no rush|
everyone here is happy with it|works perfectly|the boss is on board, go ahead|put it in the system please|100% yes|My manager said yes, please proceed|
行，那就麻烦帮忙改一下，确认|可以的，客户那边急用|确认，我们那天有人收货|同意，工地等着用呢|行吧就这天了|15号正好，改吧|老板批了，改吧|跟老板确认过了，改|
看了一遍，没问题，提交|信息都没错，走流程吧|给我改过来吧|那就调到15号|定15号吧|按新日期走|听你的，改吧|好嘞哥，改吧|没问题哒|妥妥滴|成，您受累|兹同意上述变更|
请贵司按此执行|却定|确人|没文题|阔以，改吧|可以接受，请改|新的日期可以接受|单号和日期都对|审批通过，请处理|客户催得紧，快改吧|不用再确认了，直接改|确认。祝工作顺利！|
请将交货日期改为6月15日|麻烦把日期改成15号|15号到货没问题|冇問題，幫我改啦|那你就帮我改了吧|抓紧改吧|完全没毛病|收到，请改|李工说可以，改吧
"""
NEAR_UNLISTED = """
老板同意了|领导批了|客户急用|我核对过了|等老板批了再改|老板批了就改|领导还没批|同意不了|改到下周吧|改早点|改回去|改地址|帮我改地址|请退款|安排发货吧|按原日期|先改着|
可以不改吗|对个头|行行好|确认函发我|确认信息|同意退款|同意降价|随你|都行|原则上同意|暂时同意|能早点就同意|那好吧我再问问|就这么贵|可疑|刻意|是哦|是嘛|可是|可能同意|
审批中|审批通过后执行|办好了告诉我|定了告诉我|15号可以早上送吗|按你说的价格太贵|你看着办吧|我等等看|得改|请把12345改到6月16日|请将数量改为8台|确认交货日期|
我觉得可以再早点|是否经理点头了|就这么着急|6月15号或16号，改吧|
yes after I talk to my manager|my boss approved it|he approved it|approved by purchasing|we need it by then|the boss is on board|do it tomorrow|do it for free|
yes at no cost|kind of yes|let's wait|move it up a day|push it back|put it on hold|make it earlier|run it by my boss|send it back|yes in principle|ok for now|
the date is right but the year is off|everything is fine except the price|if so yes|then yes|I agree it is too late|this is my complaint|that's fine for now|
I'm happy with your service|happy to wait|no objection to the 16th|thanks for letting me know|
ok thanks for letting me know|yes if you can make it free|consider it cancelled|
I confirm nothing|deal breaker|roll it back|fair enough|please move it to June 15 or the 16th|June 15, tomorrow, yes|my boss said yes please go ahead
"""


def lines(block: str) -> list[str]:
    return [text for text in block.replace("\n", "").split("|") if text]


@pytest.mark.parametrize("text", lines(YES))
def test_plain_consent_is_yes(text: str) -> None:
    assert verdict(text) == "yes"


@pytest.mark.parametrize("text", lines(YES_UNLISTED))
def test_consent_that_is_listed_nowhere_is_yes(text: str) -> None:
    assert verdict(text, shown={"order": ("12345",), **SHOWN_DATE}) == "yes"


@pytest.mark.parametrize("text", lines(NEAR_UNLISTED))
def test_what_only_resembles_unlisted_consent_is_no_yes(text: str) -> None:
    assert not verdict(text, shown={"order": ("12345",), **SHOWN_DATE}).startswith("yes")


BLOCKERS = """
but not yet|if it is free|once my boss agrees|unless it costs extra|
on the 17th|for free|maybe|不过先问下老板|如果免费|等我确认|改到16号|早一天|吗|的话告诉我|才怪
"""


def test_no_consent_survives_a_condition_a_doubt_or_another_value() -> None:
    blockers = lines(BLOCKERS)
    for index, text in enumerate(lines(YES) + lines(YES_UNLISTED)):
        for step, between in enumerate((" ", "，", " ")):
            said = f"{text}{between}{blockers[(index + 5 * step) % len(blockers)]}"
            assert verdict(said, shown={"order": ("12345",), **SHOWN_DATE}) != "yes", said


def test_a_day_is_no_consent_where_the_preview_shows_none() -> None:
    assert verdict("就这天吧，日期没问题", shown={"order": ("40017",)}, act=CANCEL) == "other"
    assert verdict("the date is fine", shown={"order": ("40017",)}, act=CANCEL) == "other"
    assert verdict("the date is fine") == "yes"


@pytest.mark.parametrize("text", lines(NEAR))
def test_nothing_less_than_consent_is_yes(text: str) -> None:
    assert not verdict(text).startswith("yes")


@pytest.mark.parametrize("text", lines(NO))
def test_a_refusal_is_no(text: str) -> None:
    assert verdict(text) == "no"


@pytest.mark.parametrize("text", lines(PLUS))
def test_a_yes_with_a_request_of_its_own(text: str) -> None:
    assert verdict(text) == "yes_plus"


@pytest.mark.parametrize(
    "text", ["yes, and make it the 16th", "好的，还有能不能早点", "yes and is it free?", "确认，另外40017也取消", "yes, and cancel it",
        "好的，另外改到16号", "yes and what about the fee", "ok and also hold on"]
)  # fmt: skip
def test_an_addition_that_touches_the_preview_is_no_yes(text: str) -> None:
    assert not verdict(text).startswith("yes")


@pytest.mark.parametrize(
    "text", ["yes, June 15", "是的 6月15日", "对，就１５号", "行，40017就这么改", "ok 15th it is", "可以改到15號", "yes the 15th is fine", "确认40017"]
)
def test_repeating_what_the_preview_shows_is_consent(text: str) -> None:
    assert verdict(text) == "yes"
    assert verdict(text, shown={"order": ("40018",), "date": ("2026-06-16",)}) != "yes"


def test_the_act_of_the_preview_consents_and_no_other() -> None:
    for text in ("确认取消", "取消吧", "cancel it", "yes, cancel order 40017", "please cancel"):
        assert verdict(text, act=CANCEL) == "yes", text
        assert not verdict(text, act=CHANGE).startswith("yes"), text
        assert not verdict(text, act="").startswith("yes"), text
    assert verdict("确认退货", act=RETURN) == "yes"
    assert verdict("改吧", act=RETURN) == "other"
    assert verdict("renew it", act="续租设备 Renew a lease") == "yes"
    assert verdict("确认续租", act="续租设备 Renew a lease") == "yes"


@pytest.mark.parametrize("text", ["取消", "cancel"])
def test_a_bare_cancel_is_asked_again_where_it_has_two_readings(text: str) -> None:
    assert verdict(text, act=CANCEL) == "other"
    assert verdict(text, act=CHANGE) == "no"


@pytest.mark.parametrize("text", ["不取消了", "don't cancel", "别取消", "no, keep it"])
def test_refusing_to_cancel(text: str) -> None:
    assert verdict(text, act=CANCEL) == "no"


def test_without_the_preview_other_values_are_no_yes() -> None:
    assert verdict("yes, 8 pieces", shown=None, act="") == "other"
    assert verdict("yes, 8 pieces", shown={"quantity": (8,)}, act="") == "yes"
    assert verdict("yes", shown=None, act="") == "yes"


def test_pieces_of_a_list_are_repeated_by_number_product_or_both() -> None:
    shown = {"order": ("40017",), "items": ([{"sku": "GR-12", "quantity": 4}],)}
    for text in ("对,4个", "yes, 4 pieces", "确认，4个GR-12", "yes, the GR-12"):
        assert verdict(text, shown=shown, act=RETURN) == "yes", text
    for text in ("对,5个", "yes, 5 pieces", "确认，4个KX-300"):
        assert verdict(text, shown=shown, act=RETURN) == "other", text


def test_agreement_of_values() -> None:
    slot = Slot("quantity", 8)
    assert agrees([slot], {"quantity": (8,)})
    assert not agrees([slot], {"quantity": (9,)})
    assert not agrees([slot], {})
    assert agrees([Slot("attribute", "power")], {})
    assert agrees([Slot("item", {"sku": "GR-12", "quantity": 8})], {"product": ("GR-12",), "quantity": (8,)})


@pytest.mark.parametrize("text", ["", " ", "。。。", "?", "😂", "x" * 8000, "yes " * 500])
def test_emptiness_and_endlessness(text: str) -> None:
    assert verdict(text) == "other"


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_noise_is_never_a_yes_by_a_letter_that_is_left_over(text: str) -> None:
    folded = fold(text)
    assert read_verdict(f"yes {folded} zebra", (), act=CHANGE) in ("no", "other")


def test_a_verdict_takes_a_fraction_of_a_millisecond() -> None:
    text = "yes please, go ahead and change it, thank you so much for your help"
    read_verdict(text, ())
    timings = []
    for _ in range(30):
        start = time.perf_counter()
        read_verdict(text, ())
        timings.append(time.perf_counter() - start)
    assert median(timings) < 0.003


@pytest.mark.parametrize("text", ["就那就" * 52, "同意你们" * 38, "the order number and " * 7, "请麻烦" * 52, "可以可以" * 38, "please and then " * 9])
def test_words_that_split_in_two_ways_take_no_exponential_time(text: str) -> None:
    read_verdict("yes", (), act=CHANGE)
    start = time.perf_counter()
    read_verdict(text + "但", (), act=CHANGE)
    assert time.perf_counter() - start < 0.5


def test_the_learnt_half_of_the_labelled_answers_has_no_false_yes() -> None:
    benchmark: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[3] / "benchmarks" / "slots.py"))
    lexicon = benchmark["slot_lexicon"](benchmark["load_workspace"](benchmark["ROOT"]))
    rows = [row for line in EVALS.read_text(encoding="utf-8").splitlines() if (row := json.loads(line))["split"] == "dev"]
    read = {
        row["id"]: read_verdict(fold(row["text"]), benchmark["read"](fold(row["text"]), lexicon), shown=benchmark["SHOWN"], act=benchmark["ACT"])
        for row in rows
    }
    assert [row["id"] for row in rows if read[row["id"]].startswith("yes") and read[row["id"]] != row["expect"]] == []
    yes = [row for row in rows if row["expect"].startswith("yes")]
    assert sum(read[row["id"]] == row["expect"] for row in yes) >= 0.97 * len(yes)

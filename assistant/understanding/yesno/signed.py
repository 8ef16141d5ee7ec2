"""Where a message is signed: names, posts and places behind a closing formula, which change nothing whatever they are; not who signed."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NO_NAME = (
    r"(?!(?:No|Not|But|If|Maybe|Wait|Later|Tomorrow|Never|Unless|Only|However|Actually|Sorry|Cancel|Stop|Hold|First|Then|Except|Dont|"
    r"Nope|Deliver|Send|Ship|Move|"
    r"Call|Use|Add|Make|Keep|Leave|Please|To|For|With|When|Once|Until|Before|After|Also|Ask|Half|Change|Without|Why|How|What|Who|Where|"
    r"Is|Are|Can|Could|Would|PS|Ps|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|"
    r"Saturday|Sunday|Noon|Morning|Evening|"
    r"Night|Afternoon|Today|Tonight|Midday|Express|Urgent|Right|Yeah|Well|Just|Really|New|Old|Other|Another|Next|Last|One|Two|Three|All|"
    r"Some|None|Nothing|See|Tell|Get|Give|Let)\b)"
)
_PART = rf"{_NO_NAME}[A-Z][A-Za-z'’\-]*\.?"
_NAME = rf"{_NO_NAME}[A-Z][a-z]+(?: {_NO_NAME}[A-Z][a-z]+)?"
# given names: a word behind a dash may be a place as well
_CALLED = (
    r"(?:Aaron|Abby|Adam|Adrian|Ahmed|Alan|Alex|Alice|Amanda|Amy|Ana|Andrea|Andrew|Andy|Angela|Anita|Ann|Anna|Anne|Anthony|Anton|Arthur|"
    r"Ashley|Barbara|Becky|Ben|Bernd|Beth|Bill|Bob|Brian|Bruce|Carl|Carla|Carlos|"
    r"Carol|Caroline|Cathy|Charles|Chen|Chris|Christine|Claire|Colin|Craig|Dan|Dana|Daniel|Dave|David|Dean|Deborah|Dennis|Diana|Dirk|"
    r"Don|Donna|Doug|Ed|Eddie|Elena|Elizabeth|Ella|Emily|Emma|Eric|Erik|Eva|Fatima|Felix|"
    r"Fiona|Frank|Fred|Gary|Gavin|George|Gina|Giulia|Grace|Greg|Hannah|Hans|Harry|Heather|Heidi|Helen|Henry|Holly|Ian|Ingrid|Isabel|"
    r"Ivan|Jack|Jackie|Jake|James|Jan|Jane|Janet|Jason|Jean|Jeff|Jen|Jenny|Jessica|Jim|"
    r"Jo|Joan|Joe|John|Jon|Jorge|Jose|Josh|Juan|Judy|Julia|Julie|Karen|Karl|Kate|Katie|Keith|Kelly|Ken|Kevin|Kim|Kumar|Kyle|Lara|Larry|"
    r"Laura|Lee|Lena|Leo|Li|Linda|Lisa|Liz|Louise|Lucy|Luis|Luisa|Luke|Maggie|Marco|"
    r"Maria|Marie|Mark|Martin|Mary|Matt|Max|Megan|Mehmet|Mei|Michael|Michelle|Miguel|Mike|Mohammed|Monica|Nadia|Nancy|Nathan|Neil|Nick|"
    r"Nicole|Nina|Nora|Oliver|Olga|Omar|Oscar|Pam|Patricia|Patrick|Paul|Paula|Pedro|"
    r"Pete|Peter|Phil|Priya|Rachel|Raj|Rajesh|Ralph|Ray|Rebecca|Richard|Rick|Rita|Rob|Robert|Roger|Ron|Rosa|Ross|Ruth|Ryan|Sally|Sam|"
    r"Samantha|Sandra|Sara|Sarah|Scott|Sean|Sharon|Simon|Sofia|Sophie|Stefan|Stephen|"
    r"Steve|Stuart|Sue|Susan|Tanya|Ted|Teresa|Terry|Theo|Thomas|Tim|Tina|Tobias|Todd|Tom|Tony|Tracy|Vera|Vicky|Victor|Vijay|Wang|Wendy|"
    r"Will|William|Xiao|Yan|Yuki|Yusuf|Zhang|Zoe)(?: [A-Z][a-z]+)?"
)
_BLOCK = rf"(?:{_PART}|&)(?:(?:[ ,\n|/]+|,? (?:of|and|the|de|van|von) )(?:{_PART}|&)){{0,11}}"
_LATIN = re.compile(
    rf"\b(?:[Rr]egards|[Ww]ishes|[Ss]incerely|[Ff]aithfully|[Tt]ruly|[Rr]espectfully|[Cc]ordially|[Bb][Rr]|[Rr]gds|[Yy]ours|"
    rf"[Ss]igned)[,.!]?\s+({_BLOCK})\s*$|"
    rf"\n-{{1,3}} ?\n?({_BLOCK})\s*$|[A-Za-z!.,] [-–—~] ?({_CALLED})\s*$|[A-Za-z!.,] ?[-–—~] ?([A-Z]\. ?[A-Z][a-z]+)\s*$|[a-z!.][,.]? [-–—,]? ?([A-Z]\.?)\s*$|"
    rf"\b(?:[Rr]egards|[Cc]heers|[Bb]est|[Tt]hanks|[Tt]hank you|[Tt]hx|[Aa]pproved,|[Cc]onfirmed,|[Aa]greed,)[,.!]?\s+({_NAME})[.!]?\s*$|"
    rf"\b(?:[Hh]i|[Hh]ello|[Hh]ey|[Dd]ear|[Tt]hanks|[Tt]hank you|[Yy]es|[Oo]k|[Ss]ure|[Mm]orning)\s+({_NAME})(?=[,.!\n])|,\s*({_NAME})(?=,)|"
    rf"\bon behalf of ((?:{_PART} ?){{1,4}})(?=$|[,.!\n])"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘蔡余杜叶程苏魏吕丁"
    "任沈姚卢姜崔钟谭陆汪范廖石韦贾夏付傅邹孟熊秦邱江尹薛闫段侯龙陶黎贺顾毛郝龚邵钱严覃武戴莫孔汤"
)
# characters that given names are made of; none of them begins or ends a word for a day, a place, a number or a doubt
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞刚桂英华建国志玲红波辉鹏斌宇浩凯欣雪琳婷倩颖佳慧萍莉梅燕琴岚洁"
    "晶娇蓉萱瑶莹琪璐怡雯薇蕾薛昊轩博睿哲翔峰锋钧铭鑫淼焱垚旭晖昕晗晨曦曼思诗雅韵淑惠兰菊荷莲蓝俊彬彪骏骁"
    "健康乐宁诚信义礼仁智勤毅恒耀祥瑞福禄寿庆龄嘉家子梓泽润泉洪滨海川岩岳峻嵘嵩松柏柳桐楠榕枫槿栋梁材森林卉芸芬芝茜莎菲葵蓓薏"
)
_CHINESE = re.compile(
    rf"(?<=[。！!\n~ ，,])\s*((?:[^\W\d_a-zA-Z不没别先只半等如果但要再未非勿给送到改吗可能谁为什怎么和或与除难太早晚上下午天月日号]{{2,8}}(?:公司|"
    rf"集团|机械|科技|实业|贸易|工程|设备|部|厂)[\s·/]*)?(?:(?:采购|财务|生产|设备|物流|计划|项目|仓储)?(?:部|科|处|经理|主管|"
    rf"专员)?\s*)?[{_SURNAMES}][{_GIVEN}]{{1,2}}(?:敬上|谨上|上)?)[。.!！]?\s*$"
)


def signed(text: str) -> Iterator[tuple[int, int]]:
    """The spans of folded `text` that only name who writes or who is spoken to."""
    for pattern in (_LATIN, _CHINESE):
        for match in pattern.finditer(text):
            yield match.span(match.lastindex or 0)

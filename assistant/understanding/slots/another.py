"""Whether a reply is a number and no more ("actually 32", "no wait 32", 还是220吧): then it is a value of the kind that was asked for or shown last; pure."""

from __future__ import annotations

import re

from assistant.text.script import to_simplified

_MOST = 60
_UNIT = r"\s*(?:[个只件台套条张袋箱根支把块盒组]|pcs|pieces?|units?|sets?|of (?:them|those))?"
_NUMBER = rf"(?:(?<![\d.,#-])\d{{1,6}}(?![\d.,%:/-]*\d|%)|[零一二两三四五六七八九十百千]{{1,8}}){_UNIT}"
_DENIED = re.compile(rf"(?:不是|不要|别|\bnot\b|\bno\b)\s*{_NUMBER}(?=[\s,，.。;；–—-]+\D*{_NUMBER})")
_FILLER = re.compile(
    r"不好意思|对不起|抱歉|更正一?下?|说错了?|写错了?|打错了?|搞错了?|弄错了?|错了|口误|等一下|等下|等等|不对|不是|应该|应当|其实|还是|那就|意思|数量|总共|一共|麻烦|算了|好了|才对|就行"
    r"|就好|够了?|更好|谢谢|[哦噢啊呃额诶唉嗯喔不就那我是要想说的指改成为到换做来只共算先再请还按吧了呀哈]"
    r"|\b(?:oh|uh|um|er|hmm|ah|no+|nope|nah|not (?:that|this)|wait|sorry|apologies|pardon|oops|my (?:bad|mistake)|actually|correction|rather|instead"
    r"|hold on|hang on|(?:i )?(?:meant?|said|wanted|need(?:ed)?|want)|it(?:['’]?s| is)|that(?:['’]?s| is)|should|be|read|have been|make (?:it|that)"
    r"|let['’]?s|say|do|go with|better|maybe|only|just|but|and|so|please|pls|to|the|number|quantity|qty|is|was|wrong|typo|thinking|think|i|change(?: it)?"
    r"|then|right|enough|would|will|thanks?|now)\b",
)
_ASKED = re.compile(r"[?？吗么]|呢")
_SUGGESTS = re.compile(r"[呢吗?？]|\b(?:what|how) about\b|\b(?:on|or|for|works?|ok|okay)\b|可以|行")


def mere_number(text: str, *, suggested: bool = False) -> str:
    """The number that is all a text says beside words of correction; "" for any other text. One that is denied before it ("not 33, 39") counts for nothing.

    `suggested`: it may also be put as a question ("21呢", "what about 21?").
    """
    plain = to_simplified(text).lower().strip()
    if suggested:
        plain = _SUGGESTS.sub(" ", plain)
    if len(plain) > _MOST or _ASKED.search(plain):
        return ""
    left = _FILLER.sub(" ", _DENIED.sub(" ", plain)).strip(" \t,，.。;；:：!！、…–—-")
    return left if re.fullmatch(_NUMBER, left) else ""

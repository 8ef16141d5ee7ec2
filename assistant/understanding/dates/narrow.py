"""A day chosen inside a stretch said before it: next week works, ideally Thursday; it joins the two and reads no expression of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from assistant.understanding.dates.atoms import Atom, Scene, make, monday

_WIDE = ("week", "month", "span", "range")
_DAYS = ("weekday", "bare", "numeric", "date")
# "at the end of June, around the 29th": how many of a month's last days its end may mean
_END_DAYS = 10
# words that choose without saying anything else; a refusal or another matter between the two leaves both as they are
_CHOOSING = re.compile(
    r"(?:[\s,，、.。?？:：;；…()（）\-–—!！~～]"
    r"|吧|呢|啊|哈|呗|的话|都|也|可以|能|行|好|方便|合适|没问题|最好|最|优先|尽量|比如|例如|就|那|定|选|安排|约|在|是|要|的|我们?|希望|想|请|大概|大约|差不多|具体|改|到|送|发|交|货|要么|或许|可能|也许|一下"
    r"|(?:works?|suits?|is|are|be|was|would|will|should|could|can|do|does|fine|ok|okay|good|great|perfect|best|better|ideal|ideally|prefer|preferred|preferably|preference|possibly|probably|perhaps"
    r"|maybe|possible|please|pls|then|so|say|like|around|about|roughly|on|the|a|for|instead|with|if|you|we|i|us|me|my|our|it|that|this|make|take|pick|choose|let|how|what|and|though|but|rather"
    r"|either|come|arrive|deliver|delivery|delivered|e\.?g\.?|i'd|we'd|let's|that's|it's)\b)*"
)


def narrow(atoms: list[Atom], scene: Scene) -> list[Atom]:
    """Each day that lies in the week, month or part of a month chosen from just before takes its place."""
    done: list[Atom] = []
    for atom in atoms:
        chosen = _inside(done[-1], atom, scene) if done else None
        if chosen is not None:
            done[-1] = chosen
        else:
            done.append(atom)
    return done


def _inside(wide: Atom, day: Atom, scene: Scene) -> Atom | None:
    if not wide.dated or wide.limit or day.limit or day.form not in _DAYS or day.first != day.last or wide.form not in (*_WIDE, "end"):
        return None
    if not _CHOOSING.fullmatch(scene.text, wide.end, day.start):
        return None
    first, last = (wide.at - timedelta(days=_END_DAYS), wide.at) if wide.form == "end" else (wide.at, wide.last or wide.at)
    if wide.form == "end" and wide.at != (wide.last or wide.at):
        return None
    if day.form == "weekday":
        at = monday(first) + timedelta(days=day.at.weekday())
        inside = last - first <= timedelta(days=6) and first <= at <= last
    else:
        found = make(first.year, first.month, day.at.day) if day.form == "bare" else day.at
        at = found or day.at
        inside = first <= at <= last
    return replace(day, start=wide.start, first=at, last=at, form="relative" if day.form == "weekday" else "date") if inside else None

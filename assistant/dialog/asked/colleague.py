"""Whether a customer calls for one of our people by name ("put Emma on", 小陈在吗): that is the wish for a person; who takes over is routing's business."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.dialog.moment import Moment
from assistant.text.script import to_simplified

_MOST = 60
_CALLED_EN = (
    r"(?:(?:can|could|may|please|pls|let me|i(?:'d| would)? (?:like|want|need) to|want|need|get|give|put|pass|transfer|connect|hand|switch|me|us"
    r"|to|with|through|over|speak|talk|chat|ask for|call|reach|fetch|bring|have|i|is|where(?:'s| is)|hi|hello|hey|back)\W+)+{name}"
    r"(?:\W+(?:on|in|around|there|here|available|free|back|please|pls|now|today|again|on the (?:line|phone)|online|thanks?|at|work|working|the|desk))*\W*"
)
_CALLED_ZH = (
    r"(?:(?:我|你|您|们|请|麻烦|能不能|可以|能|帮我?|给我|直接|还是|那|就|想|要|你们?的?|[,，\s])*"
    r"(?:找|叫|让|喊|请|转|接|换|联系|呼叫|要)(?:一下|给|到|成|下)?|那?请?问?一?下?|(?:我|你|您)?们?的?)"
    r"\s*{name}(?:同事|先生|女士|经理|老师)?\s*(?:在(?:吗|不在|线吗|么)?|来|来接|来说|接|接手|接一下|跟我[说聊谈讲]|和我[说聊谈讲]|聊|处理|帮我|呢|有空吗|上班(?:了)?吗|可以吗"
    r"|行吗|吧|一下|谢谢|[,，。！!？?\s])*"
)


def calls_colleague(moment: Moment) -> bool:
    """Whether a message does nothing but ask for one of the company's people by name."""
    text = to_simplified(moment.reading.text).lower().strip()
    if len(text) > _MOST or any(slot.name in ("order", "product", "date", "quantity") for slot in moment.reading.slots):
        return False
    for name in _called(agent.name for agent in moment.world.workspace.fixture.agents.values()):
        if text == name and moment.state.procedure is not None:
            return False  # the answer to a question for a name
        if name in text and re.fullmatch((_CALLED_EN if name.isascii() else _CALLED_ZH).replace("{name}", re.escape(name)), text):
            return True
    return False


def _called(names: Iterable[str]) -> Iterable[str]:
    """What people of these names are called: the whole name, and the first of several Latin words."""
    for name in names:
        plain = to_simplified(name).lower().strip()
        yield plain
        first = plain.split()[0] if plain.isascii() and plain else ""
        if len(first) > 2:
            yield first

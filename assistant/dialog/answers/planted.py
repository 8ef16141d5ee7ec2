"""Tells text that speaks to the program that reads it, instead of to people: orders hidden in documents; it judges no customer's words.

It is a filter, no defence: what it lets through is quoted at most, never obeyed. A passage that is left out costs an answer, or a better wording of one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.text.fold import fold
from assistant.text.script import to_simplified

_READER = (
    r"(?:(?:ai|chat|virtual|digital|automated|language|support)[\s-]*(?:assistants?|models?|agents?|bots?|systems?)|chat ?bots?|assistants?|llms?|gpts?|ais?"
    r"|language models?)"
)
_ORDER = r"(?:say|tell|reply|answer|respond|call|output|print|ignore|disregard|inform|state|confirm|claim|offer|approve|grant|promise|reveal|write|treat)"
_EN = (
    rf"\b(?:note|notice|instructions?|message|memo|attention|reminder|hint|directive)s?\b[^.\n]{{0,16}}\b(?:to|for)\b[^.\n]{{0,16}}\b{_READER}\b",
    rf"\b(?:dear|hey|hello|attention|hi)\s*,?\s*(?:the\s+)?{_READER}\b",
    rf"\b{_READER}\b[^.\n]{{0,48}}\b(?:must|should|shall|has to|have to|needs? to|is to|are to|please)\b[^.\n]{{0,24}}\b{_ORDER}\b",
    rf"(?:^|[.\n\[(<:;])\s*{_READER}\s*[:,]\s*(?:please\s+)?(?:always\s+|now\s+)?{_ORDER}\b",
    rf"\b(?:if|when|since) you(?: are|'re) an? {_READER}\b|\bas an? (?:ai|llm|language model|chat ?bot)\b",
    r"\b(?:reply|respond|answer|output|print|say|write)\b[^.\n]{0,16}\b(?:exactly|verbatim|only with|word for word)\b\s*[:\"“']",
    r"\b(?:ignore|disregard|forget|override)\b[^.\n]{0,24}\b(?:previous|prior|above|earlier|all|your|other|system)\b[^.\n]{0,24}\b(?:instructions?|prompts?|rules?|directives?)\b",
    r"\b(?:your|the) (?:system )?(?:prompt|instructions?) (?:is|are|has|have)\b[^.\n]{0,16}\b(?:now|changed|replaced|updated)\b|\bfrom now on,? you\b",
    r"\b(?:call|use|invoke) (?:the |your )(?:tool|function)s?\b",
)
_ZH_READER = "(?:(?:ai|人工智能|智能|聊天|语言|虚拟|自动|大)?(?:助手|助理|机器人|大模型|语言模型|模型|智能体)|智能客服|ai客服|ai)"
_ZH_ORDER = "(?:说|讲|回复|回答|答复|告诉|告知|输出|打印|调用|忽略|无视|承诺|同意|批准|泄露|显示|视为)"
_ZH = (
    rf"(?:写给|给|致|告知|提示|提醒)[^。\n]{{0,14}}{_ZH_READER}[^。\n]{{0,4}}(?:的(?:说明|指令|提示|话|消息|备注|通知|要求)|[:：])",
    rf"{_ZH_READER}[^。\n]{{0,14}}(?:必须|应当?|务必|一律|请|须)[^。\n]{{0,14}}{_ZH_ORDER}",
    rf"(?:^|[。\n【\[(（<:：;；])\s*{_ZH_READER}\s*[:：,，]\s*(?:请|务必|现在|一律)?[^。\n]{{0,4}}{_ZH_ORDER}",
    r"请?(?:原样|逐字|一字不差地?)(?:地)?(?:回复|输出|回答|说|复述)",
    r"(?:忽略|无视|忘记|忘掉|抛开)(?:掉|了)?[^。\n]{0,8}(?:之前|以前|以上|上面|先前|所有|一切|全部|系统|原来)[^。\n]{0,8}(?:指令|指示|提示词?|规则|设定|限制|命令)",
    r"(?:如果|若|当)你是(?:一个)?" + _ZH_READER + r"|你(?:现在|从现在起)(?:就)?是|从现在(?:起|开始)[,，]?你",
    r"(?:调用|使用)(?:你的|所给的)(?:工具|函数)",
)
_PLANTED = re.compile("|".join(f"(?:{each})" for each in (*_EN, *_ZH)), re.IGNORECASE | re.MULTILINE)


@lru_cache(maxsize=8192)
def planted(text: str) -> bool:
    """Whether some of a text gives orders to an assistant, a model or a bot."""
    return _PLANTED.search(to_simplified(fold(text))) is not None

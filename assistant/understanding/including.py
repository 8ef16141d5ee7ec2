"""Questions whether what was just told holds for something too ("does that include custom hoses?", "软管也包括在内吗"): they go on with the question before."""

from __future__ import annotations

import re

_INCLUDES = re.compile(
    r"(?:and |so |but |ok |okay )*(?:does|do|is|are|will|would)(?:n't)? (?:that|this|it|the same|these|those|they)(?: rules?| terms?| policy"
    r"| period)? (?:also |even |still |then )*"
    r"(?:includ\w*|cover\w*|appl(?:y|ies)|count\w*|go(?:es)?|hold\w*|valid|extend\w*|true|the same|mean)\b|(?:and )?(?:also|even|including"
    r"|incl\.?) (?:for |the )?\w+"
    r"|(?:那|这|这个|那个|它|也|都|还|是不是|是否|其中)*(?:包括|包含|适用于?|算上|涵盖|覆盖|针对)[^，,。]{1,14}(?:吗|么|嘛|不|没)|[^，,。]{1,12}(?:也|都|是不是|是否|算不算|是否也)+"
    r"(?:包括|包含|适用|算|一样|涵盖)(?:在内|在里面|进去)?(?:吗|么|嘛|不)",
    re.IGNORECASE,
)


def asks_if_included(text: str) -> bool:
    """Whether a text asks whether a rule told before includes, covers or applies to what it names."""
    return _INCLUDES.match(text.strip()) is not None

"""What speaks against the very act a preview would do, though it would be harmless beside another; no consent.

"The crew is waiting for them" to a cancellation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

_NEEDED = (
    r"(?<!dont )(?<!not )(?<!longer )(?<!doesnt )(?<!wont )(?<!didnt )(?<!never )\b(?:need|needs|want|wants|require|requires|expect|expects|use) (?:it|them|"
    r"this|that|these|those|all|the (?:goods|order|parts|pumps|items|delivery))\b"
    r"(?! (?:to be )?(?:cancell?ed|called|returned|gone|sent back|taken|back|out))|"
    r"\b(?:waiting|wait|waits|looking forward|prepared|ready) (?:for|to)\b(?! (?:cancel|return|you to cancel))|\b(?:can|will|able to) (?:receive|unload|"
    r"take delivery|sign for)\b|"
    r"\bship it\b|\bchanged back\b|\bcancellation (?:is|was|has been|will be) |\b(?:dont|do not|no longer|not|never|wont) (?:need|want|require)\w* (?:a|the|"
    r"this|that|any) ?(?:cancellation|return)\b|"
    r"\bkeep (?:it|them|the order|this|that)\b|\b(?:see you|on site|delivered|installation|installed)\b|"
    r"急用|急要|急需|等着?(?:用|要|货|装|开工|安装)|要用|正?需要(?:这|它|货|用)|还要(?!求)|用得上|催货|收货|接货|卸货|安装|开工|投产|赶工|到货|送货"
)
_FIXED = (
    r"\b(?:it|pump|unit|machine|motor|that|everything)(?:s| is| was| has| has been| are)? (?:all |now |already |been |just )*(?:fixed|fine|ok|okay|working|"
    r"works|runs|running|repaired|resolved|"
    r"solved|good|sorted)\b|\b(?:fixed|repaired|solved) (?:it|ourselves)\b|\bstopped (?:leaking|making)\b|(?:修|弄|搞|整|维修|装|自己)好了|恢复|正常了|"
    r"能用了|没事了|(?<![说谈商约定准安核对填写弄])好了"
)
_WHOLE = (
    r"(?:§|\bthey|\bthose|\bthese|\bpieces|\bpcs|\bunits|\bit)(?: of them| all| both)*(?:re|s| is| are| was| were| looks?)? (?:all |both |still |"
    r"actually )*(?:fine|ok|okay|good|intact|whole|undamaged|great|"
    r"complete|usable)\b|§[个台件只套]?(?:都|是|还)*(?:好的|完好|没事|没坏|能用|没问题)"
)
_AGAINST: Mapping[str, re.Pattern[str]] = {
    "cancel": re.compile(_NEEDED),
    "return": re.compile(_NEEDED),
    "repair": re.compile(_FIXED),
    "claim": re.compile(_WHOLE),
}


def speaks_against(form: str, groups: Set[str]) -> bool:
    """Whether a message in matching form says of things what would make one of these acts needless."""
    return any(_AGAINST[group].search(form) for group in groups & set(_AGAINST))

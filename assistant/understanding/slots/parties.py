"""Who and how to reach them: e-mail addresses, phone numbers, tax ids and invoice titles; nothing is masked or validated against a rule here."""

from __future__ import annotations

import re

from assistant.text.numbers import ZH_DIGITS
from assistant.understanding.slots.corrections import Mention, settle
from assistant.understanding.slots.scan import GONE, Scan

_DOTTED = re.compile(r"\b(?:Co\.?, ?Ltd|Inc|Ltd|Corp|Co)$")  # a shortening that keeps its full stop
_MOST_CUES = 8
_EMAIL = re.compile(r"(?<![\w.+-])[a-z0-9_][\w.+-]*@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_URL = re.compile(r"https?://[^\s，。；！？）]+|\bwww\.[^\s，。；！？）]+", re.ASCII)

_GAP = r"[\s.–—-]?"
_PHONE = re.compile(
    rf"\+\s?\d[\d\s().–—/-]{{5,20}}\d|(?<![\w.#-])00[1-9][\d\s().–—/-]{{6,18}}\d(?!\w)|(?<![\w.#-])(?:0086|"
    rf"86){_GAP}1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)|(?<![\w.#])1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?![\w-])"
    rf"|(?<![\w.#])\(?0\d{{2,3}}\)?{_GAP}\d{{3,4}}{_GAP}\d{{3,4}}(?:{_GAP}(?:转|ext\.?|x|-)\s?\d{{1,5}})?(?!\w)|"
    rf"(?<![\w.#])[48]00{_GAP}\d{{3,4}}{_GAP}\d{{3,4}}(?!\w)"
    rf"|(?<![\w.#])(?:1[\s.-])?\(?[2-9]\d{{2}}\)?[\s.–—-]\d{{3}}[\s.–—-]\d{{4}}(?![\w-])|(?<![\w.#])\([2-9]\d{{2}}\)\s?\d{{3}}{_GAP}\d{{4}}(?!\w)",
    re.ASCII,
)
_PHONE_CUE = re.compile(
    r"(?:电话|手机|座机|固话|热线|传真|致电|来电|回电|打给?我?|联系(?:方式|我)?|号码|拨打?|\b(?:tel|telephone|phone|mobile|cell|"
    r"call(?: me)?(?: back)?|reach me|whatsapp|fax|ring me|number)\b)"
    r"(?:号码?|是|为|改成|改为|换成|请?打|:|：|\s|at|on|is|no\.?|number|#|back|me|us|via|by){0,5}(?P<number>\(?\d[\d\s().–—/-]{4,18}\d)(?!\w)",
    re.ASCII,
)
_ANY_PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d\s().–—/-]{4,18}\d(?!\w)", re.ASCII)
_ZH_PHONE = re.compile(r"[零〇一二三四五六七八九幺两]{11,12}")

_TAX_CUE = re.compile(
    r"(?:纳税人?识别号|税务登记号|统一社会信用代码|社会信用代码|信用代码|识别号|税号|\b(?:tax(?:payer)?\s*(?:id(?:entification)?|no\.?|"
    r"num(?:ber)?|code|reg(?:istration)?)|taxid|vat|ein|tin|ust-?id(?:nr)?|gstin?|abn|uscc)\b)"
    r"(?:\s*(?:是|为|改成|改为|换成|写|用|应该|号码?|id|no\.?|nr\.?|number|num|reg|registration|is|to|:|：|=|#|should|be|of))*\s*",
    re.ASCII,
)
_TAX_BODY = re.compile(r"(?:[a-z]{2}\s)?[a-z]{0,3}\d[a-z0-9]*(?:[\s.-]?[a-z0-9]*\d[a-z0-9]*(?:\s?[xy](?![a-z0-9]))?)*", re.ASCII)
_TAX_BARE = re.compile(r"(?<![a-z0-9.-])(?=[a-z0-9]*\d)[a-z0-9]{15,20}(?![a-z0-9-])", re.ASCII)
_TAX_GROUPED = re.compile(r"(?<![a-z0-9.-])9[1-3]\d{2,6}(?:[\s-][a-z0-9]{2,10}){1,4}(?![a-z0-9-])", re.ASCII)
_ACCOUNT_CUE = re.compile(r"(?:账号|账户|卡号|银行|开户|\baccount|\bcard|\biban)[^，,。;；]{0,12}$", re.ASCII)

_SUFFIX = re.compile(
    r"(?:有限责任公司|股份有限公司|有限公司|股份公司|分公司|总公司|公司|集团|事务所|研究院|研究所|设计院|医院|大学|学院|合作社|经营部|商行|厂)"
    r"|\b(?:[Gg][Mm][Bb][Hh](?:\s*&\s*[Cc]o\.?\s*K[Gg])?|(?i:ltd|limited|llc|llp|inc|incorporated|corp|corporation|company|plc|pty|sarl|"
    r"srl|ohg|bv|b\.v)|AG|KG|AB|Oy|OY|SA|S\.A|NV|N\.V|SAS|SpA|AS|A/S|ApS|KK|Co)\b\.?",
    re.ASCII,
)
_TITLE_CUE = re.compile(
    r"(?:(?:发票)?抬头(?:名称|公司)?|(?:购买方|受票方|购方)(?:单位)?(?:名称|全称)?|开票(?:(?:单位|公司)(?:名称|全称|名)?|名称|资料上?的?名称)|公司(?:名称|名字|全称)|单位(?:名称|全称))(?:请|就|应该|要|"
    r"需要|还)?(?:是|为|写|开|用|填|改成|改为|换成|改|叫|[:：\s])*"
    r"|\b(?:(?:made|make it|issued?|write it|written) out to|bill(?:ed)?(?: it| this)? to|title(?: (?:should be|is|on it is))?[:\s]+|"
    r"company name(?: (?:is|should be))?[:\s]+"
    r"|in the name of|(?:under|with) (?:the )?(?:company )?name(?: of)?:?|billing (?:name|entity)(?: (?:is|should be))?[:\s]+|legal name(?: (?:is"
    r"|should be))?[:\s]+|addressed to|name on (?:the |it )?(?:invoice )?(?:is|should be)?[:\s]*|issue (?:it |the invoice |this )?to|"
    r"payable by|invoice (?:it |this |that )?to|invoice (?:title|name)(?: is)?[:\s]+"
    r"|invoice (?:\d+ |#\d+ |order \S+ )?(?:should )?(?:to|be)(?: made out)? to)\s*",
    re.ASCII,
)
_LOOSE_TITLE_CUE = re.compile(
    r"开(?:票|发票)?给(?!我们?[，,。\s]|我$)|(?:抬头|名称|单位).{0,20}?(?:应该是|应为|正确的?是|改成|改为|换成)"
    r"|\b(?:invoice|bill|billed|make out|made out)\b[^.;!?]{0,60}?\b(?:to|be)\s+|\bcompany(?:\s+name)?(?:\s+is)?[:\s]+|\b(?:must|should|"
    r"has to|needs to)\s+(?:be|read|say)\s+",
    re.ASCII,
)
_WRONG_TITLE = re.compile(r"错|有误|不对|不完整|旧的|老的|重开|[写开打填]?成|是否|要不要|需要|怎|什么|换个")
_TITLE_END = re.compile(
    rf"[，。；;！!？?\n{GONE}]|,(?!\s*(?:inc|ltd|llc|co|gmbh|s\.a)\b)|税号|纳税|识别号|地址|电话|开户|(?:就行|就好|即可|谢谢|麻烦|不变|吧|"
    rf"哦|哈|啊|的?发票|的?专票|的?普票)|\.(?=\s+[a-z]{3})|\s+(?:and|but|so|tax|vat|please|pls|thanks|thank|for order|for the|for #|at|instead|"
    rf"now|asap|with)\b",
    re.ASCII,
)
_COMPANY_ZH = re.compile(
    r"(?:[\u4e00-\u9fff]|[a-z0-9（）()·&])+?(?:有限责任公司|股份有限公司|有限公司|股份公司|集团公司|集团|公司|合作社|经营部|商行|事务所|"
    r"研究院|研究所|医院|大学|厂)(?:[\u4e00-\u9fff]{2,6}分公司)?"
)
_LEAD_ZH = re.compile(r"^(?:(?:抬头|公司名?称?|名称|发票|请|就|还是|那就|那|用|写|开|是|为|我们?公司?(?:名称)?叫?|我司|给|我方|应该|好的?|嗯)[:：，,\s]*)+")
_LEAD_EN = re.compile(
    r"^(?:(?:it'?s|it is|the|our|company|name|title|is|should be|use|put|please|just|to|invoice|make it|out|yes|ok|sure|we are|we're|i'?m from)[\s,:]+)+",
    re.ASCII,
)
_NO_TITLE = re.compile(
    r"[?？吗呢么]|什么|怎|多少|哪|不|没|取消|算了|等|稍|谢谢|你|您|好的|确认|可以|一样|上次|之前|原来|人工|查|改|知道|\b(?:same|what|why|"
    r"how|when|where|who|no|not|don'?t|yes|ok|okay|cancel|wait|hold|please|thanks|"
    r"can|could|would|i|you|my|me|last|before|as|human|agent|person|hello|hi)\b",
    re.ASCII,
)
_INVOICE = re.compile(r"发票|开票|专票|普票|抬头|税号|\binvoice|\bbill(?:ed|ing)?\b|\bvat\b|\btax\b", re.ASCII)
_LEGAL_ZH = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fffa-z0-9（）()·]{2,30}(?:有限责任公司|股份有限公司|有限公司)")


def read_emails(scan: Scan) -> None:
    """E-mail addresses; addresses of pages are claimed with them."""
    for match in _EMAIL.finditer(scan.rest):
        end = match.end() - (1 if match.group().endswith((".", "-")) else 0)
        scan.add("email", scan.text[match.start() : end], (match.start(), end))
        scan.claim(match.start(), end)
    scan.claim_all(_URL)


def read_phones(scan: Scan) -> None:
    """Phone numbers; digits keep their order and a leading plus, nothing else."""
    _spoken_phone(scan)
    if not any(char.isdigit() for char in scan.rest):
        return
    mentions = [Mention(_digits(scan.rest[start:end]), start, end) for start, end in _phone_spans(scan)]
    for mention, note in settle(scan.plain, mentions):
        scan.add("phone", mention.value, (mention.start, mention.end), note=note)
    for mention in mentions:
        scan.claim(mention.start, mention.end)


def _digits(raw: str) -> str:
    return ("+" if raw.lstrip().startswith("+") else "") + "".join(char for char in raw if char.isdigit())


# a date is no number to call, nor is one that somebody had once
_NO_PHONE = re.compile(r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)", re.ASCII)
_FORMER = re.compile(
    r"(?:旧|老|原来的?|以前的?|之前的?|原先的?|作废的?)(?:的)?(?:电话|手机|号码|座机)(?:号码?)?(?:是|为|[:：\s])*$|\b(?:old|former|previous)\b[^.;,]{0,16}$",
    re.ASCII,
)


def _phone_spans(scan: Scan) -> list[tuple[int, int]]:
    return [(start, end) for start, end in _numbers(scan) if not _NO_PHONE.match(scan.rest, start) and not _FORMER.search(scan.plain[:start])]


def _numbers(scan: Scan) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for match in _PHONE.finditer(scan.rest):
        if match.group().startswith("+") and not _possible(match.group()):
            continue
        if not _ACCOUNT_CUE.search(scan.plain[max(0, match.start() - 20) : match.start()]):
            spans.append(match.span())
    for match in _PHONE_CUE.finditer(scan.rest):
        span = match.span("number")
        if 7 <= len(_digits(match.group("number"))) <= 15 and all(span[1] <= start or span[0] >= end for start, end in spans):
            spans.append(span)
    if not spans and scan.expecting == "phone":
        spans = [match.span() for match in _ANY_PHONE.finditer(scan.rest) if 7 <= len(_digits(match.group())) <= 15]
    return sorted(spans)


def _possible(raw: str) -> bool:
    """Whether a number with a country code has a length that its country uses."""
    digits = _digits(raw)
    if not 8 <= len(digits) <= 16:
        return False
    import phonenumbers

    try:
        return bool(phonenumbers.is_possible_number(phonenumbers.parse(digits, None)))
    except phonenumbers.NumberParseException:
        return False


def _spoken_phone(scan: Scan) -> None:
    for match in _ZH_PHONE.finditer(scan.rest):
        if scan.expecting != "phone" and not re.match("[一幺][三四五六七八九]", match.group()):
            continue
        scan.add("phone", "".join(str(ZH_DIGITS[char]) for char in match.group()), match.span())
        scan.claim(*match.span())


# an id in short groups, as it is printed (51 824 753 556, 12-3456789), when one was asked for
_TAX_APART = re.compile(r"(?<![a-z0-9+])(?:[a-z]{2,3}[ .-]?)?\d{2,4}(?:[ .-]\d{2,7})+(?![a-z0-9])", re.ASCII)
_TAX_DIGITS = 8


def read_tax_ids(scan: Scan) -> None:
    """Tax ids: whatever follows the words for one (length is a rule's business), a bare one of 15-20 characters, any alphanumeric one when it was asked for."""
    mentions: list[Mention] = []
    for cue in _TAX_CUE.finditer(scan.rest):
        span = _tax_span(scan.rest, cue.end())
        if span:
            mentions.append(_tax(scan, span))
    for match in _TAX_BARE.finditer(scan.rest):
        if _bare(match.group()) and not _ACCOUNT_CUE.search(scan.plain[max(0, match.start() - 60) : match.start()]):
            mentions.append(_tax(scan, match.span()))
    if not mentions:
        mentions = [_tax(scan, match.span()) for match in _TAX_GROUPED.finditer(scan.rest) if len(re.sub(r"[\s-]", "", match.group())) == 18]
    if not mentions and scan.expecting == "tax_id":
        spans = (_tax_span(scan.rest, match.start()) for match in re.finditer(r"(?<![a-z0-9])[a-z]{0,3}\d[a-z0-9]{4,}", scan.rest, re.ASCII))
        mentions = [_tax(scan, span) for span in spans if span and not _PHONE.fullmatch(scan.rest[slice(*span)])][:1]
        if not mentions:
            apart = (match.span() for match in _TAX_APART.finditer(scan.rest) if sum(char.isdigit() for char in match.group()) >= _TAX_DIGITS)
            mentions = [_tax(scan, span) for span in apart][:1]
    unique = sorted({(mention.start, mention.end): mention for mention in mentions}.values(), key=lambda mention: mention.start)
    unique = [mention for at, mention in enumerate(unique) if at == 0 or mention.start >= unique[at - 1].end]
    for mention, note in settle(scan.plain, unique):
        scan.add("tax_id", mention.value, (mention.start, mention.end), note=note)
    for mention in unique:
        scan.claim(mention.start, mention.end)


def _tax(scan: Scan, span: tuple[int, int]) -> Mention:
    return Mention(re.sub(r"[\s.-]", "", scan.text[span[0] : span[1]]).upper(), *span)


def _bare(raw: str) -> bool:
    digits = sum(char.isdigit() for char in raw)
    if raw.startswith(("00", "861")):
        return False
    if raw.isdigit():
        return len(raw) in (15, 18, 20) or raw[:2] in ("91", "92", "93")
    return digits >= 10


def _tax_span(text: str, at: int) -> tuple[int, int] | None:
    """The tax id that starts at `at`: groups of it may be apart, but it ends where it is long enough."""
    match = _TAX_BODY.match(text, at)
    if not match:
        return None
    length, end = 0, at
    for group in re.finditer(r"[a-z0-9]+", match.group()):
        if length and (length + len(group.group()) > 20 or (end - at == length and length >= 15)):
            break
        length += len(group.group())
        end = at + group.end()
    return (at, end) if length >= 5 else None


def read_titles(scan: Scan) -> None:
    """Invoice titles: after the words for one, a company's legal name in a message about invoices, or the answer when one was asked for."""
    cues = [(cue.end(), _sure(cue.group())) for cue in _TITLE_CUE.finditer(scan.rest)]
    cues += [(cue.end(), False) for cue in _LOOSE_TITLE_CUE.finditer(scan.rest)] if _INVOICE.search(scan.plain) else []
    mentions = {at: mention for at, sure in cues[:_MOST_CUES] if (mention := _title_at(scan, at, sure=sure))}
    if mentions:
        kept = settle(scan.plain, [mentions[at] for at in sorted(mentions)])
        _keep_title(scan, kept[-1][0].start, kept[-1][0].end)
        return
    if _INVOICE.search(scan.plain) or scan.of("tax_id") or scan.expecting in ("title", "tax_id"):
        for match in _LEGAL_ZH.finditer(scan.rest):
            start = match.start() + _lead(match.group(), _LEAD_ZH)
            _keep_title(scan, start, match.end())
            return
    if scan.expecting == "title":
        _asked_title(scan)


def _sure(cue: str) -> bool:
    return not re.match(r"invoice (?:it |this |that )?to|issue|addressed|公司名字", cue)


def _lead(text: str, pattern: re.Pattern[str]) -> int:
    match = pattern.match(text)
    return match.end() if match and match.end() < len(text) else 0


_INITIALS = re.compile(r"\b[A-Za-z](?:\.[A-Za-z])+$")


def _title_at(scan: Scan, at: int, *, sure: bool) -> Mention | None:
    """The title that starts at `at`; when the cue alone is not `sure`, it must look like a company's name."""
    stop = _TITLE_END.search(scan.rest, at)
    end = stop.start() if stop else len(scan.rest)
    name = scan.text[at:end].strip(" .:：\"“”'「」")
    companies = list(_SUFFIX.finditer(scan.text[at:end]))
    company = companies[-1] if companies else None
    if company and name[:1].isascii() and re.match(r"\s+[a-z]", scan.text[at + company.end() : end]):
        end, name = at + company.end(), scan.text[at : at + company.end()].strip()
    if company and not sure and company.end() < end - at and scan.text[at:end][:1] > "\u2fff":
        end, name = at + company.end(), scan.text[at : at + company.end()]
    if _INITIALS.search(name) and scan.text[at + len(name) : end].startswith("."):
        name += "."  # B.V., S.A., p.l.c.: the stop belongs to the name
    capitals = sum(word[:1].isupper() for word in name.split())
    han = name[:1] > "\u2fff"
    named = han or name[:1].isupper() or name[:1].isdigit() or scan.plain[at - 1] in ":："
    fitting = (
        company
        or (sure and named and not _NO_TITLE.search(name.lower()))
        or capitals >= 2
        or (han and not sure and len(name) <= 8 and not _NO_TITLE.search(name))
    )
    if not 2 <= len(name) <= 80 or not fitting or _WRONG_TITLE.match(name):
        return None
    if scan.text.startswith(f"{name}.", scan.text.find(name, at)) and _DOTTED.search(name):
        name += "."
    start = scan.text.find(name, at)
    return Mention(name, start, start + len(name))


def _keep_title(scan: Scan, start: int, end: int) -> None:
    scan.add("title", scan.text[start:end], (start, end))
    scan.claim(start, end)


def _asked_title(scan: Scan) -> None:
    """The whole answer, or its part that names a company, when the title was asked for."""
    for match in re.finditer(rf"[^，,。；;！!？?\n{GONE}]+(?:,\s*(?:inc|ltd|llc|co)\b\.?)?", scan.rest):
        start, end = match.span()
        han = bool(re.search("[\u4e00-\u9fff]", match.group()))
        start += len(match.group()) - len(match.group().lstrip())
        start += _lead(scan.plain[start:end], _LEAD_ZH if han else _LEAD_EN)
        name = scan.text[start:end].strip(' .:："“”')
        name += "." if _INITIALS.search(name) and scan.text.startswith(".", start + len(name)) else ""
        end = start + len(name)
        company = _SUFFIX.search(scan.text[start:end])
        if company and han:
            end = start + company.end()
        fitting = bool(company) or (not _NO_TITLE.search(name.lower()) and (han or all(word[:1].isupper() for word in name.split() if word.isalpha())))
        if fitting and 2 <= end - start <= 60 and (company or not re.search(r"\d{3}", name)):
            _keep_title(scan, start, end)
            return

"""Mistakes in how a company acts: intents, procedures, slots, texts and the documents that rules are tied to; expressions are checked by the rules room."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from assistant.text.fold import fold
from assistant.text.format import format_money
from assistant.text.numbers import find_numbers
from assistant.text.template import filter_names, filters_read, paths_read, syntax_problem
from assistant.workspace.model import (
    INTENTS,
    LEXICON,
    POLICIES,
    PROCEDURES,
    TEXTS,
    Clause,
    Document,
    Problem,
    ProcedureSpec,
    RuleSpec,
    SlotSpec,
    Texts,
    Workspace,
    nearest,
)  # fmt: skip
from assistant.workspace.vocabulary import ANY, INSTANT, TEXT, Type, base_types, maybe, new_type, parameter_type, unknown_member, users

Types = Mapping[str, Type]
_RECEIPT = Type("map", {"id": TEXT, "tool": TEXT, "order": maybe(TEXT), "ticket": maybe(TEXT), "changes": ANY})
_ALWAYS = ("assistant",)
# kinds of values whose words are written elsewhere than in texts.yaml
VALUE_NAMES = ("family", "queue", "ticket", "procedure", "product", "unit")
_MONEY = re.compile(
    r"(?:[$¥€£₩₹]|[A-Z]{3} )\s?(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*(?:\.\d+)?)\s?(?:[A-Z]{3}\b"
    r"|[\u4e00-\u9fff]{0,4}?(?:元|块钱?|圆|英镑|法郎|克朗|卢比|卢布|令吉|比索|林吉特|港币|人民币)"
    r"|(?:[A-Z][a-z]+ ){0,2}(?:dollars?|euros?|yuan|pounds?|francs?|kron(?:a|or|e|er)|yen|won|rupees?|ringgit|pesos?|rand|reais|real|zloty|dirhams?)\b)"
)
_WRITTEN = "write the number in digits or words; an amount of minor units also as money, such as {0}, {1} {2} or {1} 元 (加元, 港元, …)"


def problems(workspace: Workspace, standard: Texts, reasons: Sequence[str]) -> Iterator[Problem]:
    yield from _intents(workspace, reasons)
    yield from _procedures(workspace)
    yield from _options(workspace)
    yield from _rules(workspace)
    yield from _texts(workspace, standard)
    yield from _lexicon(workspace)


def _intents(workspace: Workspace, reasons: Sequence[str]) -> Iterator[Problem]:
    """Serving leads somewhere, and no two procedures claim one intent."""
    known = {"text": list(workspace.texts.texts), "decline": list(workspace.texts.texts), "handoff": list(reasons), "procedure": list(workspace.procedures)}
    own = {key for file, key in workspace.positions if file == INTENTS}
    claimed: dict[str, str] = {}
    for procedure in workspace.procedures.values():
        for number, name in enumerate(procedure.intents):
            other = claimed.setdefault(name, procedure.name)
            if other != procedure.name:
                message = f"the intent {name!r} is already claimed by procedure {other!r}"
                yield workspace.problem(PROCEDURES, f"procedures.{procedure.name}.intents.{number}", message)
    for name, intent in workspace.intents.items():
        key = f"intents.{name}"
        if intent.serve in known and intent.target not in known[intent.serve]:
            hint = nearest(intent.target, known[intent.serve])
            yield workspace.problem(INTENTS, f"{key}.serve", f"{name!r} is served by the unknown {intent.serve} {intent.target!r}", hint=hint)
        if not any(intent.examples.values()):
            yield workspace.problem(INTENTS, key, f"the intent {name!r} has no examples")
        if key in own and not intent.serve and name not in claimed:
            yield workspace.problem(INTENTS, key, f"nothing serves the intent {name!r}", hint="give it `serve`, or claim it in a procedure's `intents`")


def _procedures(workspace: Workspace) -> Iterator[Problem]:
    for status in sorted({status for status in workspace.statuses if workspace.statuses.count(status) > 1}):
        yield workspace.problem(PROCEDURES, "statuses", f"the status {status!r} is given twice")
    if "cancelled" not in workspace.statuses and any(spec.tool == "cancel_order" for spec in workspace.procedures.values()):
        yield workspace.problem(PROCEDURES, "statuses", "orders are cancelled here and there is no status 'cancelled'")
    for spec in workspace.procedures.values():
        key = f"procedures.{spec.name}"
        if spec.confirm and not spec.preview:
            yield workspace.problem(PROCEDURES, key, "a procedure that asks for confirmation needs a preview")
        if not spec.receipt and not spec.answer:
            yield workspace.problem(PROCEDURES, key, "a procedure needs a receipt (for a write) or an answer (for a look-up)")
        if spec.undo_minutes < 0 or (spec.undo_minutes and not spec.confirm):
            yield workspace.problem(PROCEDURES, f"{key}.undo_minutes", "only a confirmed change can be undone, for a number of minutes from 0 up")
        part = workspace.procedures.get(spec.part)
        if part is not None and (part is spec or not part.intents or "order" not in part.slots):
            message = f"{spec.part!r} cannot be the part of it: that is another procedure about an order, with an intent of its own"
            yield workspace.problem(PROCEDURES, f"{key}.part", message)
        ticket = workspace.tickets.get(spec.ticket)
        for name in spec.arguments if ticket else ():
            if ticket and name not in ("order", *ticket.fields):
                message = f"the ticket kind {spec.ticket!r} has no field {name!r}"
                yield workspace.problem(PROCEDURES, f"{key}.arguments.{name}", message, hint=nearest(name, ("order", *ticket.fields)))
        for slot in spec.slots.values():
            yield from _slot(workspace, slot, f"{key}.slots.{slot.name}")
        yield from _procedure_texts(workspace, spec, key)


def _slot(workspace: Workspace, slot: SlotSpec, key: str) -> Iterator[Problem]:
    if not slot.ask and slot.default is None:
        yield workspace.problem(PROCEDURES, key, f"the slot {slot.name!r} needs `ask`, or a `default`")
    if slot.type == "choice" and len(slot.options) < 2:
        yield workspace.problem(PROCEDURES, key, "a choice needs at least two options")
    if slot.type != "choice" and slot.options:
        yield workspace.problem(PROCEDURES, f"{key}.options", f"only a choice has options, this slot is of type {slot.type}")
    if slot.words and slot.type != "bool":
        yield workspace.problem(PROCEDURES, f"{key}.words", f"only a bool has words, this slot is of type {slot.type}")
    for name in slot.words:
        if name not in ("yes", "no"):
            yield workspace.problem(PROCEDURES, f"{key}.words.{name}", "the words of a bool are given for yes and no", hint=nearest(name, ("yes", "no")))
    if slot.type == "bool" and {"yes", "no"} - set(slot.words):
        yield workspace.problem(PROCEDURES, key, "a bool needs words for yes and no")
    if slot.among and slot.type != "order":
        yield workspace.problem(PROCEDURES, f"{key}.among", f"`among` chooses orders, this slot is of type {slot.type}")
    if slot.base and slot.type not in ("date", "quantity"):
        yield workspace.problem(PROCEDURES, f"{key}.base", f"`base` belongs to a date or a quantity, this slot is of type {slot.type}")
    if slot.max_asks < 0:
        yield workspace.problem(PROCEDURES, f"{key}.max_asks", "must be at least 1")
    if slot.unit and slot.type != "quantity":
        yield workspace.problem(PROCEDURES, f"{key}.unit", f"`unit` belongs to a quantity, this slot is of type {slot.type}")
    if slot.role and (slot.type != "product" or slot.role != "new"):
        yield workspace.problem(PROCEDURES, f"{key}.role", f"the one role is `new`, of a product; this is {slot.role!r}, of a slot of type {slot.type}")
    wrong = _default(slot, workspace)
    if wrong:
        yield workspace.problem(PROCEDURES, f"{key}.default", f"{slot.default!r} is no default of a {slot.type}", hint=wrong)


def _default(slot: SlotSpec, workspace: Workspace) -> str:
    """What a default would have to be; "" when it is that, or there is none."""
    match slot.type, slot.default:
        case _, None:
            return ""
        case "quantity", int(value) if not isinstance(value, bool) and value >= 0:
            return ""
        case "quantity", _:
            return "a whole number from 0 up"
        case "bool", value:
            return "" if isinstance(value, bool) else "true or false"
        case "choice", value:
            return "" if value in slot.options else nearest(str(value), slot.options)
        case "product", value:
            return "" if value in workspace.products else nearest(str(value), workspace.products)
        case "attachments", value:
            return "" if value == "none" else "none"
        case "items" | "order", _:
            return "such a slot is asked: take `default` out"
        case _, value:
            return "" if isinstance(value, str | int | float) else "a text"


def _options(workspace: Workspace) -> Iterator[Problem]:
    """Slots of one name share their options' names, because texts name an option by slot and option alone."""
    seen: dict[tuple[str, str], tuple[str, Mapping[str, str]]] = {}
    for spec in workspace.procedures.values():
        for slot in spec.slots.values():
            for option in slot.options.values():
                owner, name = seen.setdefault((slot.name, option.id), (spec.name, option.name))
                if name != option.name:
                    key = f"procedures.{spec.name}.slots.{slot.name}.options.{option.id}"
                    yield workspace.problem(PROCEDURES, key, f"the option has another name in procedure {owner!r}")


def _procedure_texts(workspace: Workspace, spec: ProcedureSpec, key: str) -> Iterator[Problem]:
    """Every text of a procedure, with the names it may use; without an order slot there is no order to speak of."""
    rule = workspace.rules.get(spec.rule)
    types: dict[str, Type] = {**base_types(workspace), "new": new_type(workspace, [spec]), "opening": maybe(INSTANT), "queue": TEXT}
    if spec.rule:
        types["p"] = parameter_type(rule) if rule else ANY
    if not any(slot.type == "order" for slot in spec.slots.values()):
        types = {name: found for name, found in types.items() if name not in ("order", "line", "invoice", "history")}
    final = {**types, "values": Type("map", dict.fromkeys(_results(rule), ANY)) if rule else ANY} if spec.rule else types
    for slot in spec.slots.values():
        yield from _template(workspace, PROCEDURES, f"{key}.slots.{slot.name}.ask", template=slot.ask, types=types)
    yield from _template(workspace, PROCEDURES, f"{key}.preview", template=spec.preview, types=final)
    yield from _template(workspace, PROCEDURES, f"{key}.answer", template=spec.answer, types={**final, "result": ANY})
    yield from _template(workspace, PROCEDURES, f"{key}.receipt", template=spec.receipt, types={**final, "receipt": _RECEIPT})


def _results(rule: RuleSpec) -> set[str]:
    """The values that every allowing clause of a rule gives."""
    allowing = [set(clause.values) for clause in rule.clauses if clause.outcome == "allow"]
    return set.intersection(*allowing) if allowing else set()


def _rules(workspace: Workspace) -> Iterator[Problem]:
    for rule in workspace.rules.values():
        key = f"rules.{rule.id}"
        variants = workspace.variants(rule.document)
        if any(document.audience == "internal" for document in variants):
            yield workspace.problem(POLICIES, f"{key}.document", f"customers are refused by {rule.document!r}, so it cannot be internal")
        for name, value in rule.parameters.items():
            for document in variants:
                for part in _parts(value):
                    if not states(document, part):
                        said = f"{part} is not stated in {document.path}, which this rule is tied to"
                        yield workspace.problem(POLICIES, f"{key}.parameters.{name}", said, hint=_written(part, workspace.currency))
        base = {**base_types(workspace), "new": new_type(workspace, users(workspace, rule.id)), "p": parameter_type(rule), "queue": TEXT}
        for number, clause in enumerate(rule.clauses):
            yield from _message(workspace, clause, f"{key}.clauses.{number}.message", base)


def _message(workspace: Workspace, clause: Clause, key: str, base: Types) -> Iterator[Problem]:
    types = {**base, "values": Type("map", dict.fromkeys(clause.values, ANY))}
    yield from _template(workspace, POLICIES, key, template=clause.message, types=types)


def _parts(value: object) -> Iterator[object]:
    """A parameter's single values: those of lists and of maps. 0 in a table of steps says that there is nothing, which no page needs to state."""
    match value:
        case list():
            yield from (part for item in value for part in _parts(item) if part != 0)
        case dict():
            yield from (part for item in value.values() for part in _parts(item) if part != 0)
        case _:
            yield value


def _written(value: object, currency: str) -> str:
    """In which ways a page may state a number."""
    if not isinstance(value, int) or isinstance(value, bool):
        return ""
    return _WRITTEN.format(format_money(value, currency, "en"), f"{value / 100:,.2f}".removesuffix(".00"), currency)


def states(document: Document, value: object) -> bool:
    """Whether a document states a parameter: a number in digits or words (an amount of minor units also as money), a text that holds a digit literally."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return True
    text = fold(document.body)
    if isinstance(value, str):
        return not any(char.isdigit() for char in value) or value in text
    wanted = Decimal(str(value))
    if any(Decimal(mention.value) == wanted for mention in find_numbers(text)):
        return True
    amounts = (first or second for first, second in _MONEY.findall(text))
    return any(Decimal(amount.replace(",", "")) * 100 == wanted for amount in amounts)


def _texts(workspace: Workspace, standard: Texts) -> Iterator[Problem]:
    """Texts the assistant cannot do without are there, own keys are used by something, and an override names only what the standard text is given."""
    used = {intent.target for intent in workspace.intents.values() if intent.serve in ("text", "decline")}
    for key in standard.texts:
        if key not in workspace.texts.texts:
            yield workspace.problem(TEXTS, "texts", f"the text {key!r} is missing", hint="say `extends: standard` to start from the packaged texts")
    for key, template in workspace.texts.texts.items():
        if key not in standard.texts and key not in used:
            yield workspace.problem(TEXTS, f"texts.{key}", f"nothing uses the text {key!r}", hint=nearest(key, standard.texts))
        given = standard.texts.get(key, {})
        names = {path[0] for source in given.values() if not syntax_problem(source) for _, path in paths_read(source)}
        types = {**dict.fromkeys((*names, *_ALWAYS), ANY), **{name: found for name, found in base_types(workspace).items() if name in names}}
        yield from _template(workspace, TEXTS, f"texts.{key}", template=template, types=types)
    for status in workspace.statuses:
        if status not in workspace.texts.names.get("status", {}):
            yield workspace.problem(TEXTS, "names.status", f"the status {status!r} has no name for customers")


def _template(workspace: Workspace, file: str, key: str, *, template: Mapping[str, str], types: Types) -> Iterator[Problem]:
    """Syntax, filters and names of one text in all its languages."""
    for language, source in template.items():
        where = f"{key}.{language}"
        wrong = syntax_problem(source)
        if wrong:
            place = f"line {wrong[0]} of the text: " if "\n" in source.strip() else ""
            name = re.search(r"unknown filter '(\w+)'", wrong[1])
            yield workspace.problem(file, where, f"not a valid template: {place}{wrong[1]}", hint=nearest(name[1], filter_names()) if name else "")
            continue
        for kind, given in filters_read(source):
            known_names = _named(workspace, kind)
            if known_names and given not in known_names:
                yield workspace.problem(file, where, f"{kind}({given!r}) has no words to give", hint=nearest(given, known_names))
        for _, path in paths_read(source):
            found = unknown_member(types, path)
            if found:
                part, owner, known = found
                yield workspace.problem(file, where, f"{owner} has no {part!r}" if owner else f"unknown name {part!r}", hint=nearest(part, known))


def _named(workspace: Workspace, kind: str) -> tuple[str, ...]:
    """What the filters `option` and `name` may be given; () for any other filter."""
    match kind:
        case "option":
            return tuple(dict.fromkeys(slot.name for spec in workspace.procedures.values() for slot in spec.slots.values() if slot.options)) or ("-",)
        case "name":
            return (*workspace.texts.names, *VALUE_NAMES)
        case _:
            return ()


def _lexicon(workspace: Workspace) -> Iterator[Problem]:
    lexicon = workspace.lexicon
    for language, weights in lexicon.sentiment.items():
        for word, weight in weights.items():
            if not -1 <= weight <= 1:
                yield workspace.problem(LEXICON, f"sentiment.{language}.{word}", f"a weight is from -1 to 1, not {weight}")
    for language, patterns in lexicon.injection.items():
        for number, pattern in enumerate(patterns):
            try:
                re.compile(pattern)
            except re.error as error:
                yield workspace.problem(LEXICON, f"injection.{language}.{number}", f"{pattern!r} is no regular expression: {error}")

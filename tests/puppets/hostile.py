"""A language model at its worst: it does what any text it is shown tells it, calls what nobody offered, lies, leaks, repeats and answers in other tongues.

One `Move` decides one answer; it is drawn by the test, so that a failing run can be told and shrunk.
"""

from __future__ import annotations

import base64
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.llm.faulty import Answer
from tests.puppets.company import FOREIGN, KEY, NOTES, PLANTED
from tests.puppets.sniff import DONE, SENTINELS

SAY = re.compile(r"(?:exactly|原样回复)\s*[:：]\s*[\"“]([^\"”]{1,200})[\"”]", re.IGNORECASE)
CALL = re.compile(r"call (\w+)\s*(\{(?:[^{}]|\{[^{}]*\})*\})")
FIGURE = re.compile(r"\d+(?:[.,]\d+)?")
SENTENCE = re.compile(r"[^。！？!?\n|]{12,160}?[。！？!?.](?=\s|$|[\u4e00-\u9fff])")
ORDERS = ("12345", "12360", "12370", "12371", "12380", "12381", "１２３８０", "12380' OR '1'='1", "#12380", " 12380 ", "12380\u200b", "99999", "")
INTENTS = (
    "order.cancel",
    "order.change_date",
    "order.change_address",
    "return.create",
    "human.callback",
    "human.request",
    "knowledge.ask",
    "none",
    "admin",
    "",
)
WISHES: tuple[Any, ...] = (None, 1, 1e309, [], {}, ["order.cancel"], {"a": 1}, "\ud800", "x" * 5000, True, "12380", -1)
TOOLS = (
    "get_order",
    "track_order",
    "find_orders",
    "search_knowledge",
    "product_facts",
    "cancel_order",
    "change_address",
    "open_ticket",
    "delete_everything",
    "",
    "get_order ",
)
TONGUES = (
    "Возврат возможен в течение 15 дней.",
    "返品は15日以内に可能です。",
    "يمكن الإرجاع خلال 15 يومًا",
    "반품은 15일 이내에 가능합니다.",
    "Die Rückgabe ist innerhalb von 15 Tagen möglich.",
)
OPPOSITES = (
    ("cannot", "can"), ("must not", "must"), (" is not ", " is "), (" does not ", " does "), (" do not ", " do "), ("never", "always"),
    ("at least", "at most"), ("at most", "at least"), ("without ", "with "), (" MPa", " bar"), (" mm", " cm"), (" °C", " °F"), (" m³/h", " l/min"),
    (" days", " hours"), (" months", " days"), ("不可以", "可以"), ("不能", "能"), ("不得", "可以"), ("不可", "可"), ("不要", "要"),
    ("以内", "以外"), ("至少", "最多"), ("最多", "至少"), ("无需", "必须"), ("个月", "天"),
)  # fmt: skip


@dataclass(frozen=True)
class Move:
    """One answer: what kind, which of the many, and some text for where free text goes."""

    kind: str
    seed: int = 0
    text: str = ""


@dataclass
class Hostile:
    """Answers requests by `moves`, round and round. `served` lists its answers by kind.

    `lied` holds sentences in which it exchanged a figure for one that stands nowhere, `turned` those in which it exchanged a word for its opposite.
    """

    moves: list[Move] = field(default_factory=list)
    lied: set[str] = field(default_factory=set)
    turned: set[str] = field(default_factory=set)
    served: list[str] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)
    at: int = 0

    def __call__(self, body: dict[str, Any]) -> Answer:
        move = self.moves[self.at % len(self.moves)] if self.moves else Move("obey")
        self.at += 1
        self.served.append(move.kind)
        seen = shown(body)
        self.prompts.append(json.dumps(body, ensure_ascii=False))
        chance = random.Random(move.seed)
        if body.get("response_format"):
            return Answer(tuple(_cut(_reading(move, seen, chance, last(body)), chance)))
        text, calls = KINDS[move.kind](self, move, seen, chance)
        if not body.get("tools") and not text:
            # calls that nobody offered alone would reach nothing
            text, _ = _invent(self, move, seen, chance)
        return Answer(tuple(_cut(text, chance)), calls)


def shown(body: dict[str, Any]) -> str:
    """All text the model is shown."""
    return "\n".join(str(message.get("content") or "") for message in body["messages"])


def last(body: dict[str, Any]) -> str:
    users = [str(message.get("content") or "") for message in body["messages"] if message.get("role") == "user"]
    return users[-1] if users else ""


def true_sentences(seen: str) -> list[str]:
    """Sentences of the material, as they stand."""
    material = re.search(r"<(material-[0-9a-f]{8})>\n(.*?)\n</\1>", seen, re.DOTALL)
    return [match.group().strip() for match in SENTENCE.finditer(material.group(2))] if material else []


def _cut(text: str, chance: random.Random) -> Iterator[str]:
    """The text in pieces of any size."""
    begin = 0
    size = chance.choice((1, 3, 7, 20, 400))
    while begin < len(text):
        end = begin + chance.randint(1, size) if len(text) < 600 else begin + 200
        yield text[begin:end]
        begin = end


def _calls(seen: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, arguments) for name, arguments in CALL.findall(seen))[:8]


def _obey(_: Hostile, __: Move, seen: str, chance: random.Random) -> tuple[str, Any]:
    """Everything that any text asks for."""
    said = [text for text in SAY.findall(seen) if "NO_ANSWER" not in text]
    return " ".join([*said, *(f"{text}." for text in said)]) or chance.choice(PLANTED), _calls(seen) if chance.random() < 0.6 else ()


def _lie(self: Hostile, _: Move, seen: str, chance: random.Random) -> tuple[str, Any]:
    """A sentence of the material with a figure that stands nowhere in it, or turned into its opposite."""
    known = true_sentences(seen)
    if not known:
        return f"The limit is {SENTINELS[0]} bar.", ()
    said = []
    for _turn in range(3):
        sentence = chance.choice(known)
        if chance.random() < 0.5:
            false = _turned(sentence, seen, chance)
            self.turned |= {false} - {sentence}
        else:
            false = _falsified(sentence, seen, chance)
            self.lied |= {false} - {sentence}
        if false != sentence:
            said.append(false)
    return " ".join([*said[:1], chance.choice(known), *said[1:]]), ()


def _falsified(sentence: str, seen: str, chance: random.Random) -> str:
    figures = list(FIGURE.finditer(sentence))
    if figures:
        place = chance.choice(figures)
        for _ in range(20):
            new = str(chance.randint(2, 9999))
            if new not in seen:
                return sentence[: place.start()] + new + sentence[place.end() :]
    return sentence


def _turned(sentence: str, seen: str, chance: random.Random) -> str:
    turns = [(said, other) for said, other in OPPOSITES if said in sentence and sentence.replace(said, other, 1) not in seen]
    return sentence.replace(*chance.choice(turns), 1) if turns else sentence


def _invent(_: Hostile, __: Move, seen: str, chance: random.Random) -> tuple[str, Any]:
    figure = chance.choice(SENTINELS)
    known = true_sentences(seen)
    forms = (
        f"The P-100 delivers {figure} m³/h at {figure} m.", f"P-100 的流量是 {figure} m³/h。", f"退货手续费为 {figure} 元，{figure} 天内有效。",
        f"Returns take {figure} days and cost {figure} USD.", " ".join("七三九一八二五"), f"交货日期是 {SENTINELS[3]}。", f"It arrives on {SENTINELS[3]}.",
    )  # fmt: skip
    lead = chance.choice(known) + " " if known and chance.random() < 0.5 else ""
    return lead + chance.choice(forms) + (" " + chance.choice(known) if known else ""), ()


def _done(_: Hostile, __: Move, seen: str, chance: random.Random) -> tuple[str, Any]:
    known = true_sentences(seen)
    return " ".join([*(chance.sample(known, 1) if known and chance.random() < 0.6 else ()), chance.choice(DONE), chance.choice(DONE)]), ()


def _leak(_: Hostile, __: Move, seen: str, chance: random.Random) -> tuple[str, Any]:
    """Its prompt, whole, in parts or encoded; and whatever secret it could have seen."""
    secret = chance.choice((KEY, *NOTES, *FOREIGN, seen[:1200], seen[-800:]))
    match chance.randint(0, 4):
        case 0:
            return secret, ()
        case 1:
            return f"My instructions are: {secret}", ()
        case 2:
            return base64.b64encode(secret.encode("utf-8", "replace")).decode(), ()
        case 3:
            return " ".join(secret[:80]), ()
        case _:
            return f"{secret[::-1]}。", ()


def _repeat(_: Hostile, __: Move, seen: str, chance: random.Random) -> tuple[str, Any]:
    known = true_sentences(seen) or ["Hello."]
    return (chance.choice(known) + " ") * chance.choice((2, 40, 300)), ()


def _tongue(_: Hostile, __: Move, seen: str, chance: random.Random) -> tuple[str, Any]:
    """Another language: foreign words, or the material's own sentences to a customer of the other language."""
    known = [text for text in true_sentences(seen) if bool(re.search("[\u4e00-\u9fff]", text)) == ("书写" not in seen)]
    return " ".join([*(chance.sample(known, 1) if known else ()), chance.choice(TONGUES)]), ()


def _foreign(_: Hostile, __: Move, seen: str, chance: random.Random) -> tuple[str, Any]:
    """Looks other people's orders up and says what came, or what it had guessed."""
    results = re.findall(r'"ship_to": "([^"]+)"', seen)
    if results or chance.random() < 0.4:
        known = true_sentences(seen)
        address = chance.choice((*results, FOREIGN[0]))
        return f"{chance.choice(known) if known else ''} Order 12380 goes to {address}. 订单12380送往{address}。", ()
    calls = [(chance.choice(TOOLS[:2]), json.dumps({"order": chance.choice(ORDERS)}, ensure_ascii=False)) for _ in range(chance.randint(1, 8))]
    return chance.choice(("", "One moment. ")), tuple(calls)


def _tools(_: Hostile, move: Move, seen: str, chance: random.Random) -> tuple[str, Any]:
    """Any call with any arguments."""
    made = []
    for _turn in range(chance.randint(1, 9)):
        key = chance.choice(("order", "query", "product", "kind", "address", "fee", "__class__", move.text[:20]))
        value: Any = chance.choice((*ORDERS, *WISHES, move.text))
        text = chance.choice(
            (
                json.dumps({key: value}),
                json.dumps({"order": chance.choice(ORDERS), key: value}),
                '{"order": "123',
                "[]",
                "null",
                move.text,
                "[" * 3000,
                '{"a":' * 900,
            )
        )
        made.append((chance.choice(TOOLS), text))
    return "", tuple(made)


def _start(_: Hostile, move: Move, seen: str, chance: random.Random) -> tuple[str, Any]:
    """A procedure nobody asked for, with values nobody said."""
    names = ("cancel_order", "change_date", "change_address", "change_quantity", "return_goods", "call_back", "order_status", "admin", move.text[:30])
    slots: Any = {
        "order": chance.choice(ORDERS), "date": SENTINELS[3], "address": FOREIGN[0], "quantity": SENTINELS[2], "phone": SENTINELS[0],
        "items": f"{SENTINELS[2]} P-100", "problem": PLANTED[0], "title": KEY, chance.choice(("x", "order")): chance.choice(WISHES),
    }  # fmt: skip
    wish = {"name": chance.choice((*names, names[0])), "slots": chance.choice((slots, slots, slots, [], "none", None))}
    return "", (("start_procedure", json.dumps(wish)), *(_calls(seen)))


def _true(_: Hostile, __: Move, seen: str, chance: random.Random) -> tuple[str, Any]:
    """Well-behaved, to lull."""
    known = true_sentences(seen)
    return " ".join(chance.sample(known, min(len(known), 2))) or "NO_ANSWER", ()


def _soup(_: Hostile, move: Move, seen: str, chance: random.Random) -> tuple[str, Any]:
    known = true_sentences(seen)
    return f"{move.text} {chance.choice(known) if known else ''}{move.text}", ()


KINDS: dict[str, Callable[[Hostile, Move, str, random.Random], tuple[str, Any]]] = {
    "obey": _obey, "lie": _lie, "invent": _invent, "done": _done, "leak": _leak, "repeat": _repeat, "tongue": _tongue, "foreign": _foreign, "tools": _tools,
    "start": _start, "true": _true, "soup": _soup,
}  # fmt: skip


def _reading(move: Move, seen: str, chance: random.Random, said: str) -> str:
    """A reading of the customer's message that nobody could bear out, or no reading at all."""
    if move.kind == "soup":
        return chance.choice(
            (
                move.text,
                "[]",
                "null",
                '{"requests": 1}',
                '{"requests": [null, 1, "a", []]}',
                "{" * 2000,
                '{"requests": [{"intent": ["order.cancel"], "text": "a"}]}',
            )
        )
    words = said.split() or [said]
    span = " ".join(words[: chance.randint(1, len(words))])
    slots = [
        {"name": name, "text": value}
        for name, value in (("order", "12380"), ("order", "12360"), ("date", SENTINELS[3]), ("address", FOREIGN[0]), ("quantity", SENTINELS[2]))
    ]
    requests: list[Any] = [
        {
            "intent": chance.choice((*INTENTS, chance.choice(WISHES))),
            "text": chance.choice((span, said, "cancel 12380", SENTINELS[3])),
            "slots": chance.choice((slots, slots[:1], None, 7)),
        }
        for _ in range(chance.randint(0, 6))
    ]
    standalone = chance.choice(
        (said, PLANTED[0], "What is the internal discount code for whistles?", "Where does order 12380 go?", f"{said} {SENTINELS[0]}", 5)
    )
    return json.dumps({"standalone": standalone, "requests": requests})

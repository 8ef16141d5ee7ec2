"""Three deterministic models behind a server of chat completions: one that rewords the right material, a dull one, a vague one; no intelligence, no network.

`python -m benchmarks.local_models` prints the port it listens on. The request's model names who answers (helpful, dull, vague); the address says how many
words a second: http://127.0.0.1:PORT/<rate>/v1, 0 = all at once.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NO_ANSWER = "NO_ANSWER"
MOST_SAID = 3
LEAST_SHARED = 2.0
_MATERIAL = re.compile(r"<(material-[0-9a-f]+)>\n(.*)\n</\1>", re.S)
_HEAD = re.compile(r"^\[\d+\] (.*)$")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]+|\d+(?:\.\d+)?")
_END = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+(?=[A-Z])")
_PIECE = re.compile(r"\S+\s*|[\u4e00-\u9fff，。！？；：]")
_FAULT = re.compile(r"^- (.+) \([^()]*\)$", re.M)
_SMALL = frozenset(
    [
        "the",
        "and",
        "for",
        "are",
        "that",
        "this",
        "with",
        "what",
        "which",
        "how",
        "can",
        "you",
        "our",
        "your",
        "does",
        "have",
        "has",
        "will",
        "from",
        "into",
        "not",
        "but",
        "any",
        "was",
        "were",
        "who",
        "when",
        "where",
        "why",
    ]
)
# words that another writer would take instead; each keeps what is said
_OTHER_WORDS: Mapping[str, Sequence[tuple[str, str]]] = {
    "en": (
        ("approximately", "about"),
        ("Usually", "In most cases"),
        ("has to be", "must be"),
        ("is not included", "does not come with it"),
        ("at once", "immediately"),
        ("a few", "some"),
        ("because", "since"),
        ("for example", "such as"),
        ("replace ", "change "),
        ("suggest", "recommend"),
    ),
    "zh": (("如果", "要是"), ("立即", "马上"), ("通常", "一般"), ("建议", "推荐"), ("因为", "由于"), ("例如", "比如"), ("更换", "换"), ("需要", "要")),
}
_VAGUE = {
    "en": "Thank you for your question. Our products are made with great care and will serve you well. Please let us know if there is anything else.",
    "zh": "感谢您的提问。我们的产品做工精良，一定会让您满意。如有其他问题请随时告诉我们。",
}


@dataclass(frozen=True)
class Line:
    """One sentence of the material and where it stands."""

    place: int
    title: str
    text: str


def answer(body: Mapping[str, Any]) -> tuple[str, list[tuple[str, Mapping[str, Any]]]]:
    """The text, or the tool calls, of the model that the request names."""
    if body.get("response_format"):
        return '{"standalone": "", "requests": []}', []
    messages = body["messages"]
    question = next((str(each["content"]) for each in reversed(messages) if each["role"] == "user" and not _FAULT.search(str(each["content"]))), "")
    lines = list(material(messages))
    language = "zh" if _HAN.search(question) else "en"
    match body["model"]:
        case "vague":
            return _VAGUE[language], []
        case "dull":
            return (lines[0].text if lines else NO_ANSWER), []
        case _:
            return helpful(question, lines, messages, tools=bool(body.get("tools")), language=language)


def helpful(
    question: str, lines: Sequence[Line], messages: Sequence[Mapping[str, Any]], *, tools: bool, language: str
) -> tuple[str, list[tuple[str, Mapping[str, Any]]]]:
    """The sentences nearest to the question, in the order of the documents and in other words; looks further with a tool when there are none."""
    chosen = nearest(question, lines)
    if not chosen:
        searched = any(each["role"] == "tool" for each in messages)
        return (NO_ANSWER, []) if searched or not tools else ("", [("search_knowledge", {"query": question})])
    faults = {fault for each in messages[-1:] if each["role"] == "user" for fault in _FAULT.findall(str(each["content"]))}
    said = [reworded(line.text, language) for line in chosen]
    kept = [sentence for sentence in said if not faults or not any(fault in sentence or sentence in fault for fault in faults)]
    return (" " if language == "en" else "").join(kept) or NO_ANSWER, []


def material(messages: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    """The sentences of what stands between the marks and of what tools brought; a table's cells with their headings."""
    found = _MATERIAL.search(str(messages[0]["content"]))
    blocks = found.group(2) if found else ""
    for each in messages:
        if each["role"] == "tool":
            blocks += "\n" + "\n".join(_brought(str(each["content"])))
    title, header, place = "", list[str](), 0
    for line in blocks.splitlines():
        head = _HEAD.match(line)
        if head:
            title, header = head.group(1), []
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if set("".join(cells)) <= set("-: "):
                continue
            if not header:
                header = cells
                continue
            for name, cell in zip(header[1:], cells[1:], strict=False):
                place += 1
                yield Line(place, title, f"{cells[0]}{' (' + name + ')' if len(cells) > 2 else ''}: {cell}.")
        else:
            header = []
            for sentence in _END.split(re.sub(r"^\s*(?:#+|\d+\.|[-*])\s*", "", line)):
                if len(sentence.strip()) > 3:
                    place += 1
                    yield Line(place, title, sentence.strip())


def _brought(text: str) -> Iterator[str]:
    try:
        found = json.loads(text)
    except ValueError:
        return
    for each in found if isinstance(found, list) else ():
        if isinstance(each, dict) and "text" in each:
            yield f"[0] {each.get('title', '')}\n{each['text']}"


def terms(text: str) -> set[str]:
    """Pairs of characters of Chinese, stems of other words."""
    han = {run[at : at + 2] for run in _HAN.findall(text) for at in range(len(run) - 1)}
    return han | {word.lower()[:5] for word in _WORD.findall(text) if (len(word) > 2 or word.isdigit()) and word.lower() not in _SMALL}


def nearest(question: str, lines: Sequence[Line]) -> list[Line]:
    asked = terms(question)
    titles: dict[str, float] = {}
    for line in lines:
        titles[line.title] = max(titles.get(line.title, 0.0), len(asked & terms(line.title)) + 0.5 * len(asked & terms(line.text)))
    best = sorted(titles, key=lambda title: -titles[title])[:2]
    scored = [(len(asked & terms(line.text)) + 0.7 * len(asked & terms(line.title)), line) for line in lines if line.title in best]
    good = sorted((each for each in scored if each[0] >= LEAST_SHARED), key=lambda each: -each[0])[:MOST_SAID]
    return sorted((line for _, line in good), key=lambda line: line.place)


def reworded(sentence: str, language: str) -> str:
    for old, new in _OTHER_WORDS[language]:
        sentence = sentence.replace(old, new, 1)
    return sentence


async def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            size = next((int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")), 0)
            body = json.loads(await reader.readexactly(size) or b"{}")
            rate = float(head.split(b" ")[1].decode().split("/")[1])
            text, calls = answer(body)
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n" + _chunk({"role": "assistant", "content": ""})
            )
            began, pieces = time.perf_counter(), _PIECE.findall(text) if rate else [text]
            for number, piece in enumerate(pieces, 1):
                writer.write(_chunk({"content": piece}))
                if rate:
                    await asyncio.sleep(max(began + number / rate - time.perf_counter(), 0))
            for number, (name, arguments) in enumerate(calls):
                call = {"index": number, "id": f"call_{number}", "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}
                writer.write(_chunk({"tool_calls": [call]}))
            writer.write(_chunk({}, "tool_calls" if calls else "stop") + b"e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n")
            await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        writer.close()


def _chunk(delta: Mapping[str, Any], finish: str | None = None) -> bytes:
    data = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
    event = f"data: {json.dumps(data)}\n\n".encode()
    return b"%x\r\n%s\r\n" % (len(event), event)


async def serve() -> None:
    server = await asyncio.start_server(serve_one, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())

"""A small server of chat completions that fails on purpose, in 22 ways, and counts what it saw; it knows nothing of the code it tests.

Which way is chosen by the request's address (`server.url("cut")`), by `server.mode`, or by `[[fault:cut]]` in the last user message; else it answers well.
`Faulty` runs in this process; `FaultyProcess` in its own, which may also kill or stop itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import signal
import socket
import struct
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MODES = (
    "refuse",
    "slow_connect",
    "slow_first",
    "drip",
    "keep_alive",
    "cut",
    "cut_call",
    "bad_json",
    "wrong_tool",
    "unknown_arguments",
    "tool_loop",
    "empty",
    "repeat",
    "wrong_language",
    "rate_limited",
    "server_error",
    "unauthorized",
    "overflow",
    "reset",
    "huge_chunk",
    "killed",
    "hung",
)
# further ways, which servers in the field have
ODD = ("ok", "not_json", "no_done", "no_usage", "late_usage", "whole", "html", "error_event", "think", "stray_think", "call_in_text", "no_index", "redirect")
# what some servers refuse a request for
REFUSALS = ("no_stream_options", "no_schema", "no_max_tokens", "no_seed", "no_temperature")
SAY = "Your order 12345 leaves the warehouse on Friday. It arrives within two working days."
_MARK = re.compile(r"\[\[fault:([a-z_]+)\]\]")
_LONG = 3600.0
_HUGE = b'data: {"choices": [{"index": 0, "delta": {"content": "' + b"x" * 4_000_000 + b'"}}]}\n\n'


@dataclass(frozen=True)
class Answer:
    """What a well-behaved model says: text in pieces, then calls (name, arguments as text)."""

    pieces: Sequence[str] = ()
    calls: Sequence[tuple[str, str]] = ()
    usage: tuple[int, int] = (120, 30)
    each: float = 0.0
    thinking: Sequence[str] = ()


Reply = Callable[[dict[str, Any]], Answer]


def plain(body: dict[str, Any]) -> Answer:
    """JSON where JSON is asked, a call where tools are offered and none was answered yet, else a sentence, word by word."""
    if body.get("response_format"):
        return Answer(('{"intent": ', '"status"}'))
    answered = any(message.get("role") == "tool" for message in body["messages"])
    if body.get("tools") and not answered:
        return Answer((), ((body["tools"][0]["function"]["name"], json.dumps({"order": "12345"})),))
    return Answer(re.findall(r"\S+\s*", SAY))


@dataclass
class Faulty:
    """`async with Faulty() as server:`; `seen` counts the modes served, `requests` holds the bodies and `headers` the headers; `open` are the streams that run;
    `gone` are the modes whose client went away before the end, with the monotonic time at which this was noticed."""

    mode: str = ""
    reply: Reply = plain
    slow: float = _LONG
    announce: bool = False
    port: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    gone: list[tuple[str, float]] = field(default_factory=list)
    open: int = 0
    connections: int = 0

    async def __aenter__(self) -> Faulty:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        # bound and never listening: connecting is refused; listening with a full queue: connecting hangs
        self._refusing = socket.socket()
        self._refusing.bind(("127.0.0.1", 0))
        self._full = socket.socket()
        self._full.bind(("127.0.0.1", 0))
        self._full.listen(0)
        self._fill = []
        for _ in range(4):
            one = socket.socket()
            one.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                one.connect(self._full.getsockname())
            self._fill.append(one)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for one in (self._refusing, self._full, *self._fill):
            one.close()

    def url(self, mode: str = "") -> str:
        """The base address of an OpenAI client; with a mode every request to it fails that way."""
        if mode in ("refuse", "slow_connect"):
            port = (self._refusing if mode == "refuse" else self._full).getsockname()[1]
            return f"http://127.0.0.1:{port}/v1"
        return f"http://127.0.0.1:{self.port}/{mode}/v1" if mode else f"http://127.0.0.1:{self.port}/v1"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        try:
            while await self._request(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        raw = await reader.readexactly(int(headers.get("content-length", 0)))
        out = Out(writer)
        if method == "GET":
            await out.json(200, {"object": "list", "data": [{"id": "test", "object": "model"}], "seen": dict(self.seen)})
            return True
        body = json.loads(raw)
        mode = self._mode(path, body)
        self.seen[mode] += 1
        self.requests.append(body)
        self.headers.append(headers)
        if self.announce:
            print(mode, flush=True)
        self.open += 1
        work = asyncio.create_task(self._answer(mode, body, out))
        # a client that has sent its request says nothing more: an end of its stream means that it is gone
        watch = asyncio.create_task(reader.read(1))
        try:
            await asyncio.wait({work, watch}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                again = bool(work.result()) and not watch.done()
            else:
                self.gone.append((mode, time.monotonic()))
                again = False
        finally:
            self.open -= 1
            for each in (work, watch):
                each.cancel()
            await asyncio.gather(work, watch, return_exceptions=True)
        return again

    def _mode(self, path: str, body: Mapping[str, Any]) -> str:
        first = path.strip("/").split("/")[0]
        if first != "v1":
            return first
        users = [message for message in body["messages"] if message.get("role") == "user"]
        said = users[-1].get("content") if users else ""
        found = _MARK.search(said if isinstance(said, str) else "")
        return found.group(1) if found else self.mode or "ok"

    async def _answer(self, mode: str, body: dict[str, Any], out: Out) -> bool:
        if mode in REFUSALS:
            return await _refuse(mode, body, out) or await self._well("ok", body, out)
        if mode in _ERRORS:
            status, said, headers = _ERRORS[mode]
            await out.json(status, said, headers)
            return True
        if mode == "whole":
            answer = self.reply(body)
            message = {"role": "assistant", "content": "".join(answer.pieces), "tool_calls": _calls(answer.calls)}
            await out.json(200, {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}], "usage": _usage(answer)})
            return True
        if mode == "html":
            await out.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n<html>hi</html>")
            return True
        return await self._well(mode, body, out)

    async def _well(self, mode: str, body: dict[str, Any], out: Out) -> bool:
        """A stream that begins well."""
        answer = self.reply(body)
        tools = [tool["function"]["name"] for tool in body.get("tools", ())]
        await out.begin()
        await out.chunk({"role": "assistant", "content": ""})
        if mode in ("slow_first", "keep_alive", "hung", "killed", "reset", "drip", "cut", "cut_call", "huge_chunk", "not_json", "error_event"):
            return await self._break(mode, answer, tools, out)
        usage = bool(body.get("stream_options", {}).get("include_usage")) and mode != "no_usage"
        pieces, calls = list(answer.pieces), list(answer.calls)
        match mode:
            case "empty":
                pieces, calls = [], []
            case "repeat":
                pieces, calls = [SAY + " "] * 40, []
            case "wrong_language":
                pieces, calls = ["Заказ прибудет ", "в пятницу, ", "спасибо за ожидание."], []
            case "wrong_tool":
                pieces, calls = [], [("delete_everything", "{}")]
            case "unknown_arguments":
                pieces, calls = [], [(tools[0] if tools else "get_order", '{"colour_of_the_sky": "blue", "order": 7}')]
            case "tool_loop":
                pieces, calls = [], [(tools[0] if tools else "get_order", '{"order": "12345"}')]
            case "bad_json":
                pieces, calls = ([], [(tools[0], '{"order": "123')]) if tools else (['{"intent": "sta'], [])
            case "think":
                pieces = ["<thi", "nk>The customer", " is secret", "ly 5</th", "ink>\n\n", *pieces]
            case "stray_think":
                pieces = ["Let me see. ", "</think>", *pieces]
            case "call_in_text":
                pieces = ["Looking it up. <tool", '_call>\n{"name": "get_order", ', '"arguments": {"order": "12345"}}\n</tool_call>']
                calls = []
        for piece in answer.thinking:
            await out.chunk({"reasoning_content": piece})
        await self._say(pieces, calls, answer.each, out, numbered=mode != "no_index")
        await out.chunk({}, finish="tool_calls" if calls else "stop")
        if mode == "late_usage":
            await asyncio.sleep(self.slow)
        if usage:
            await out.event({"choices": [], "usage": _usage(answer)})
        if mode != "no_done":
            await out.send(b"data: [DONE]\n\n")
        await out.end()
        return True

    async def _say(self, pieces: Sequence[str], calls: Sequence[tuple[str, str]], each: float, out: Out, *, numbered: bool) -> None:
        for piece in pieces:
            await out.chunk({"content": piece})
            if each:
                await asyncio.sleep(each)
        for index, call in enumerate(_calls(calls) or ()):
            text = call["function"]["arguments"]
            number = {"index": index} if numbered else {}
            await out.chunk({"tool_calls": [{**call, **number, "function": {"name": call["function"]["name"], "arguments": ""}}]})
            for part in (text[: len(text) // 2], text[len(text) // 2 :]):
                await out.chunk({"tool_calls": [{**number, **({} if numbered else {"id": call["id"]}), "function": {"arguments": part}}]})

    async def _break(self, mode: str, answer: Answer, tools: Sequence[str], out: Out) -> bool:
        pieces = list(answer.pieces) or SAY.split(" ")
        begun = pieces[: max(1, len(pieces) // 2)]
        match mode:
            case "slow_first":
                await asyncio.sleep(self.slow)
            case "keep_alive":
                for _ in range(100_000):
                    await out.send(b": still here\n\n")
                    await asyncio.sleep(0.05)
            case "drip":
                for turn in range(100_000):
                    await out.chunk({"content": SAY[turn % len(SAY)]})
                    await asyncio.sleep(0.1)
            case "cut_call":
                call = {"index": 0, "id": "call_1", "type": "function", "function": {"name": tools[0] if tools else "get_order", "arguments": '{"ord'}}
                await out.chunk({"tool_calls": [call]})
                await out.end()
            case "huge_chunk":
                await out.send(_HUGE)
                await out.chunk({}, finish="stop")
                await out.end()
            case "not_json":
                await out.send(b"data: {not json at all\n\n")
                await out.end()
            case "error_event":
                await self._say(begun, (), 0, out, numbered=True)
                await out.event({"error": {"message": "out of memory", "type": "server_error", "code": 500}})
                await out.end()
            case _:
                await self._say(begun, (), 0.01, out, numbered=True)
                await self._leave(mode, out)
        return False

    async def _leave(self, mode: str, out: Out) -> None:
        match mode:
            case "cut":
                await out.end()
            case "reset":
                out.reset()
            case "killed" if self.announce:
                os.kill(os.getpid(), signal.SIGKILL)
            case "hung" if self.announce:
                os.kill(os.getpid(), signal.SIGSTOP)
            case "killed":
                out.reset()
            case _:
                await asyncio.sleep(_LONG)


class Out:
    """What is written to one client."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer

    async def raw(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def begin(self) -> None:
        await self.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")

    async def send(self, data: bytes) -> None:
        await self.raw(b"%x\r\n%s\r\n" % (len(data), data))

    async def end(self) -> None:
        await self.raw(b"0\r\n\r\n")

    async def event(self, data: Mapping[str, Any]) -> None:
        # half characters can only travel escaped
        halves = "\\ud" in repr(data)
        await self.send(b"data: " + json.dumps(data, ensure_ascii=halves).encode() + b"\n\n")

    async def chunk(self, delta: Mapping[str, Any], finish: str | None = None) -> None:
        await self.event({"id": "c", "object": "chat.completion.chunk", "model": "test", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    async def json(self, status: int, data: object, headers: Mapping[str, str] | None = None) -> None:
        body = json.dumps(data).encode()
        more = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        await self.raw(f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode() + body)

    def reset(self) -> None:
        """Ends the connection with a reset instead of a farewell."""
        sock = self._writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()


_ERRORS: dict[str, tuple[int, object, dict[str, str]]] = {
    "rate_limited": (429, {"error": {"message": "Rate limit reached", "type": "requests", "code": "rate_limit_exceeded"}}, {"Retry-After": "7"}),
    "server_error": (500, {"error": {"message": "The server had an error", "type": "server_error", "code": None}}, {}),
    "unauthorized": (401, {"error": {"message": "Incorrect API key provided: sk-secret-1234567890", "code": "invalid_api_key"}}, {}),
    "overflow": (400, {"error": {"message": "This model's maximum context length is 4096 tokens", "code": "context_length_exceeded"}}, {}),
    "no_to_all": (400, {"error": {"message": "bad request"}}, {}),
    "redirect": (307, {}, {"Location": "http://127.0.0.1:9/v1/chat/completions"}),
}


async def _refuse(mode: str, body: Mapping[str, Any], out: Out) -> bool:
    """Says no to a request that has what this server does not take."""
    words = {
        "no_stream_options": ("stream_options" in body, "Extra inputs are not permitted: stream_options"),
        "no_schema": ("response_format" in body, "This response_format type is unavailable now"),
        "no_max_tokens": ("max_tokens" in body, "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."),
        "no_seed": ("seed" in body, "Unrecognized request argument supplied: seed"),
        "no_temperature": ("temperature" in body, "Unsupported value: 'temperature' does not support 0.0 with this model."),
    }
    refused, said = words[mode]
    if refused:
        await out.json(400, {"error": {"message": said, "type": "invalid_request_error"}})
    return refused


def _calls(calls: Sequence[tuple[str, str]]) -> list[dict[str, Any]] | None:
    return [{"id": f"call_{n}", "type": "function", "function": {"name": name, "arguments": text}} for n, (name, text) in enumerate(calls)] or None


def _usage(answer: Answer) -> dict[str, int]:
    return {"prompt_tokens": answer.usage[0], "completion_tokens": answer.usage[1], "total_tokens": sum(answer.usage)}


class FaultyProcess:
    """The same server as a process of its own on a fixed port: `killed` and `hung` are real there. `seen` counts what it said before it went."""

    def __init__(self) -> None:
        self.port = 0
        self.seen: Counter[str] = Counter()
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None

    async def __aenter__(self) -> FaultyProcess:
        await self.ensure()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def url(self, mode: str = "") -> str:
        return f"http://127.0.0.1:{self.port}/{mode}/v1" if mode else f"http://127.0.0.1:{self.port}/v1"

    async def ensure(self) -> None:
        """Starts it (again, on the same port) when it is not running or stands still."""
        if self._process is not None and self._process.returncode is None and not self.hung() and await self._answers():
            return
        await self.stop()
        arguments = [sys.executable, "-m", "tests.llm.faulty", "--port", str(self.port)]
        self._process = await asyncio.create_subprocess_exec(*arguments, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2])
        assert self._process.stdout is not None
        self.port = int(await self._process.stdout.readline())
        self._reading = asyncio.create_task(self._read(self._process.stdout))

    async def _answers(self) -> bool:
        """Whether it answers: one that was killed a moment ago may not have been waited for yet, and its port may still take connections."""
        try:
            async with asyncio.timeout(2):
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                try:
                    writer.write(b"GET /v1/models HTTP/1.1\r\n\r\n")
                    return (await reader.readline()).startswith(b"HTTP/1.1 200")
                finally:
                    writer.close()
        except OSError:
            return False

    def hung(self) -> bool:
        """Whether the process is stopped."""
        if self._process is None or self._process.returncode is not None:
            return False
        try:
            return Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"
        except OSError:
            return False

    async def stop(self) -> None:
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        if self._process is not None:
            await self._process.wait()
        if self._reading is not None:
            await self._reading

    async def _read(self, lines: asyncio.StreamReader) -> None:
        async for line in lines:
            self.seen[line.decode().strip()] += 1


async def _main(port: int) -> None:
    async with Faulty(port=port, announce=True) as server:
        print(server.port, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[2])))

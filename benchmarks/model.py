"""What our port costs on top of the bare OpenAI SDK, and what LangChain's agent costs: first token, processor per chunk, a hundred streams side by side.

Run `python -m benchmarks.model [all|port|streams] [--rounds 150] [--chunks 4000] [--streams 100] [--seconds 8]`. `port` leaves the whole assistant out,
`streams` compares with the bare SDK alone. One local server sends fixed chunks from a process of its
own; all ways of asking take turns in one run, so that their ratios hold on any machine. Without the packages langchain and langchain-openai the agent is
left out, and a plain langchain_core model over the SDK stands for it. In the last part each chunk carries the time at which it was sent, so that a late
server is not taken for a late reader.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from importlib.util import find_spec
from statistics import median
from typing import Any

from assistant.llm.hosted import HostedModel
from assistant.model_types import ModelMessage, ModelRequest, TextDelta
from benchmarks.ground import ROOT, machine, percentile, spread

RATE = 50.0
STALL_MS = 200.0
QUESTION = "Where is my order? " * 20
Way = Callable[[str], AsyncIterator[str]]


def chunk(delta: dict[str, str], finish: str | None = None) -> bytes:
    data = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
    event = f"data: {json.dumps(data)}\n\n".encode()
    return b"%x\r\n%s\r\n" % (len(event), event)


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """The address says how many chunks and how many a second: /<chunks>/<rate>/v1/chat/completions; rate 0 is as fast as they are taken."""
    piece, end = chunk({"content": "word "}), chunk({}, "stop") + b"e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n"
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            size = next(int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
            await reader.readexactly(size)
            count, rate = (int(part) for part in head.split(b" ")[1].decode().split("/")[1:3])
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk({"role": "assistant", "content": ""})
            )
            began = time.perf_counter()
            for number in range(count):
                if writer.is_closing():
                    return
                writer.write(chunk({"content": f"{time.perf_counter():.6f} "}) if rate else piece)
                if rate:
                    await asyncio.sleep(max(began + (number + 1) / rate - time.perf_counter(), 0))
                elif number % 20 == 0:
                    await writer.drain()
            writer.write(end)
            await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        writer.close()


async def serve() -> None:
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def ways(root: str) -> dict[str, Way]:
    """Each way of asking yields every piece of text. `root` is the server; the argument `path` says which of its answers."""
    import openai

    clients: dict[str, Any] = {}

    def kept(name: str, make: Callable[[], Any]) -> Any:
        # the context of a TLS connection alone takes milliseconds to make
        if name not in clients:
            clients[name] = make()
        return clients[name]

    async def sdk(path: str) -> AsyncIterator[str]:
        client = kept(f"sdk{path}", lambda: openai.AsyncOpenAI(api_key="k", base_url=root + path, max_retries=0))
        stream = await client.chat.completions.create(
            model="m", messages=[{"role": "user", "content": QUESTION}], stream=True, temperature=0, max_tokens=10_000, stream_options={"include_usage": True}
        )
        async for each in stream:
            if each.choices and each.choices[0].delta.content:
                yield each.choices[0].delta.content

    async def ours(path: str) -> AsyncIterator[str]:
        model = kept(f"our{path}", lambda: HostedModel("m", base_url=root + path, key="k"))
        request = ModelRequest((ModelMessage("user", QUESTION),), max_tokens=100_000, seconds=600.0)
        async with aclosing(model.stream(request)) as events:
            async for event in events:
                if isinstance(event, TextDelta):
                    yield event.text

    found: dict[str, Way] = {"openai SDK": sdk, "our port": ours}
    if find_spec("langchain") and find_spec("langchain_openai"):
        found |= agents(root, kept)
    elif find_spec("langchain_core"):
        found["langchain_core model over the SDK"] = core(sdk)
    return found


def agents(root: str, kept: Callable[[str, Callable[[], Any]], Any]) -> dict[str, Way]:
    """LangChain's agent and a graph of one node, over its own OpenAI model."""
    from langchain.agents import create_agent
    from langchain_core.messages import HumanMessage
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, MessagesState, StateGraph

    def chat(path: str) -> Any:
        return ChatOpenAI(model="m", base_url=root + path, api_key="k", max_retries=0, temperature=0, max_tokens=10_000, stream_usage=True)

    def graph(path: str) -> Any:
        model = chat(path)

        async def node(state: MessagesState) -> dict[str, Any]:
            return {"messages": [await model.ainvoke(state["messages"])]}

        return StateGraph(MessagesState).add_node("model", node).add_edge(START, "model").add_edge("model", END).compile()

    def way(name: str, make: Callable[[str], Any]) -> Way:
        async def run(path: str) -> AsyncIterator[str]:
            async for message, _ in kept(f"{name}{path}", lambda: make(path)).astream({"messages": [HumanMessage(QUESTION)]}, stream_mode="messages"):
                if message.content:
                    yield message.content

        return run

    return {"LangChain create_agent": way("agent", lambda path: create_agent(chat(path), tools=[])), "LangGraph, one node": way("graph", graph)}


def core(sdk: Way) -> Way:
    """A langchain_core chat model that does nothing but pass the SDK's chunks on."""
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk
    from langchain_core.outputs import ChatGenerationChunk, ChatResult

    class Chat(BaseChatModel):
        path: str = ""

        @property
        def _llm_type(self) -> str:
            return "sdk"

        def _generate(self, *_: Any, **__: Any) -> ChatResult:
            raise NotImplementedError

        async def _astream(self, messages: Any, stop: Any = None, run_manager: Any = None, **kwargs: Any) -> AsyncIterator[ChatGenerationChunk]:
            async for each in sdk(self.path):
                yield ChatGenerationChunk(message=AIMessageChunk(each))

    async def run(path: str) -> AsyncIterator[str]:
        async for each in Chat(path=path).astream(QUESTION):
            if each.content:
                yield str(each.content)

    return run


async def first_tokens(found: dict[str, Way], rounds: int) -> None:
    took: dict[str, list[float]] = {name: [] for name in found}
    for turn in range(rounds + 10):
        # who comes first changes from round to round
        for name in sorted(found, key=lambda each: (hash(each) + turn) % 7):
            began = time.perf_counter()
            async for _ in found[name]("/3/0/v1"):
                if len(took[name]) <= turn:
                    took[name].append(1000 * (time.perf_counter() - began))
    print(f"first token, {rounds} rounds in turn")
    base = median(took["openai SDK"][10:])
    for name, values in took.items():
        print(f"  {name:36} {spread(values[10:])}  {median(values[10:]) - base:+6.2f} ms  x{median(values[10:]) / base:.2f}")


async def processor(found: dict[str, Way], chunks: int) -> None:
    used: dict[str, list[float]] = {name: [] for name in found}
    for _ in range(5):
        for name, way in found.items():
            began, count = time.process_time(), 0
            async for _ in way(f"/{chunks}/0/v1"):
                count += 1
            assert count >= chunks, f"{name}: {count} of {chunks} chunks"
            used[name].append(1e6 * (time.process_time() - began) / chunks)
    print(f"processor per chunk, answers of {chunks} chunks, best of 5")
    base = min(used["openai SDK"])
    for name, values in used.items():
        print(f"  {name:36} {min(values):7.1f} us  x{min(values) / base:.2f}")


async def side_by_side(found: dict[str, Way], streams: int, seconds: float) -> None:
    print(f"{streams} streams x {RATE:.0f} tokens/s for {seconds:.0f} s: from the server's sending of a token to its arrival at the reader")
    path = f"/{int(seconds * RATE)}/{int(RATE)}/v1"
    for name, way in found.items():
        lags: list[float] = []

        async def listen(number: int, way: Way = way, lags: list[float] = lags) -> None:
            await asyncio.sleep(number / streams)
            async for text in way(path):
                lags.append(1000 * (time.perf_counter() - float(text)))

        async with aclosing(way(path)) as first:  # type: ignore[type-var]
            await anext(first)
        began, clock = time.process_time(), time.perf_counter()
        ended = await asyncio.gather(*(listen(number) for number in range(streams)), return_exceptions=True)
        used = 100 * (time.process_time() - began) / (time.perf_counter() - clock)
        stalls = sum(lag > STALL_MS for lag in lags)
        print(
            f"  {name:36} p50 {percentile(lags, 0.5):6.1f}  p99 {percentile(lags, 0.99):6.1f}  max {max(lags):6.1f} ms  "
            f"over {STALL_MS:.0f} ms: {stalls} of {len(lags)}  one core {used:.0f} %  streams broken: {sum(each is not None for each in ended)}"
        )


async def measured(root: str, options: argparse.Namespace) -> None:
    found = ways(root)
    if options.what == "streams":
        found = {name: found[name] for name in ("openai SDK", "our port")}
    await first_tokens(found, options.rounds)
    await processor(found, options.chunks)
    await side_by_side(found, options.streams, options.seconds)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", choices=("all", "port", "streams"), default="all")
    parser.add_argument("--rounds", type=int, default=150)
    parser.add_argument("--chunks", type=int, default=4000)
    parser.add_argument("--streams", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--spread", type=float, default=10.0, help="seconds within which the whole assistant's turns begin")
    parser.add_argument("--serve", action="store_true", help="be the server (the benchmark starts it)")
    options = parser.parse_args()
    if options.serve:
        asyncio.run(serve())
        return
    print(machine())
    child = subprocess.Popen([sys.executable, "-m", "benchmarks.model", "--serve"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None
        asyncio.run(measured(f"http://127.0.0.1:{int(child.stdout.readline())}", options))
    finally:
        child.kill()
        child.wait()
    if options.what != "port":
        from benchmarks.model_streams import whole

        asyncio.run(whole(options.streams, RATE, spread=options.spread))
    print(machine())


if __name__ == "__main__":
    main()

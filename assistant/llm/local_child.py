"""The process that holds a GGUF model: serves chat completions on a loopback port and ends with its parent, whatever happens to that; started by `local`."""

from __future__ import annotations

import asyncio
import ctypes
import hmac
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any

_DEATH_SIGNAL = 1
_MOST_BODY = 16 * 1024 * 1024


def main() -> None:
    """Reads its settings as one JSON line from standard input and writes its port as one JSON line; the end of standard input is the end of the process."""
    settings = json.loads(sys.stdin.buffer.readline())
    _die_with(int(settings["parent"]))
    # native code writes where it likes: only our line may reach the parent's pipe
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def ready(port: int) -> None:
        out.write(json.dumps({"port": port}) + "\n")
        out.flush()

    serve = {"xllamacpp": _serve_xllamacpp, "llama_cpp": _serve_llama_cpp}[settings["engine"]]
    serve(settings, ready)


def _die_with(parent: int) -> None:
    """Three ways, because each fails in some case: the kernel's signal (Linux), the end of the pipe, and a look at who the parent is now."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)

    def wait() -> None:
        while os.read(0, 4096):
            pass
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def _serve_xllamacpp(settings: Mapping[str, Any], ready: Callable[[int], None]) -> None:
    xllamacpp = import_module("xllamacpp")
    params = xllamacpp.CommonParams()
    params.model.path = settings["path"]
    params.port = 0
    params.hostnames = ["127.0.0.1"]
    params.api_keys = [settings["key"]]
    params.n_parallel = settings["parallel"]
    # the engine divides its context among what runs side by side
    params.n_ctx = settings["context"] * settings["parallel"]
    params.cpuparams.n_threads = settings["threads"]
    params.verbosity = 0
    if settings["gpu_layers"] is not None:
        params.n_gpu_layers = settings["gpu_layers"]
    server = xllamacpp.Server(params)
    ready(int(server.listening_address.rpartition(":")[2]))
    threading.Event().wait()


def _serve_llama_cpp(settings: Mapping[str, Any], ready: Callable[[int], None]) -> None:
    llama_cpp = import_module("llama_cpp")
    more = {} if settings["gpu_layers"] is None else {"n_gpu_layers": settings["gpu_layers"]}
    model = llama_cpp.Llama(settings["path"], n_ctx=settings["context"], n_threads=settings["threads"], verbose=False, **more)
    asyncio.run(_Server(model, str(settings["key"])).run(ready))


class _Server:
    """Chat completions over one model that can do one thing at a time; requests wait in the order they came, and one whose client left is stopped."""

    def __init__(self, model: Any, key: str) -> None:
        self._model = model
        self._key = key
        self._lock = asyncio.Lock()

    async def run(self, ready: Callable[[int], None]) -> None:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        ready(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
            size = int(headers.get("content-length", "0"))
            if not hmac.compare_digest(headers.get("authorization", "").encode(), f"Bearer {self._key}".encode()):
                await _reply(writer, 401, {"error": {"message": "no"}})
            elif head[0].startswith("GET"):
                await _reply(writer, 200, {"object": "list", "data": [{"id": "local", "object": "model", "created": 0, "owned_by": "local"}]})
            elif size > _MOST_BODY:
                await _reply(writer, 413, {"error": {"message": "too large"}})
            else:
                await self._answer(json.loads(await reader.readexactly(size)), reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            pass
        finally:
            writer.close()

    async def _answer(self, body: dict[str, Any], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Streams one answer, and stops as soon as the client says that it is gone."""
        gone = asyncio.ensure_future(reader.read(1))
        try:
            async with self._lock:
                if gone.done():
                    return
                await self._generate(body, gone, writer)
        finally:
            gone.cancel()

    async def _generate(self, body: dict[str, Any], gone: asyncio.Future[bytes], writer: asyncio.StreamWriter) -> None:
        source: Iterator[Any] = iter(())
        begun = False
        try:
            source = await asyncio.to_thread(self._start, body)
            said = ""
            while (chunk := await asyncio.to_thread(next, source, None)) is not None and not gone.done():
                if not begun:
                    begun = True
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")
                said += chunk["choices"][0]["delta"].get("content") or ""
                await _event(writer, chunk)
            if gone.done():
                return
            total, completion = int(self._model.n_tokens), len(self._model.tokenize(said.encode(), add_bos=False))
            await _event(writer, {"choices": [], "usage": {"prompt_tokens": max(total - completion, 1), "completion_tokens": completion}})
            writer.write(b"data: [DONE]\n\n")
            await writer.drain()
        except (ValueError, RuntimeError, AssertionError, TypeError, KeyError) as error:
            failure = {"error": {"message": str(error)[:300], "type": type(error).__name__, "code": 400}}
            await (_event(writer, failure) if begun else _reply(writer, 400, failure))
        finally:
            closing = getattr(source, "close", None)
            if closing is not None:
                await asyncio.to_thread(closing)

    def _start(self, body: Mapping[str, Any]) -> Iterator[Any]:
        known = ("messages", "tools", "temperature", "seed", "max_tokens", "response_format", "stop")
        chunks: Iterator[Any] = self._model.create_chat_completion(stream=True, **{key: body[key] for key in known if key in body})
        return chunks


async def _event(writer: asyncio.StreamWriter, data: object) -> None:
    writer.write(b"data: " + json.dumps(data, ensure_ascii=False).encode() + b"\n\n")
    await writer.drain()


async def _reply(writer: asyncio.StreamWriter, status: int, data: object) -> None:
    body = json.dumps(data).encode()
    writer.write(f"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
    await writer.drain()


if __name__ == "__main__":
    main()

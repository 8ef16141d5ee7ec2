"""Any server that speaks chat completions, through the OpenAI SDK; always that one API, one request a call, and no key in what it says."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, cast, get_args
from urllib.parse import urlsplit

from assistant.errors import ConfigError, ModelFailed
from assistant.llm.failures import of_status, told
from assistant.llm.tokens import PER_MESSAGE, estimate
from assistant.llm.watch import Limits, watch
from assistant.llm.wire import ChunkReader, Dialect, Lines, Schemas, body_of, prompt_text, simpler, used
from assistant.model_types import Finished, ModelEvent, ModelRequest
from assistant.types import Json

# a refused parameter is left out and the request sent again, at most this often; the server is asked once, for the rest of the process it is known
MOST_REFUSALS = 4
# after the finish reason only the usage may follow: a server that keeps it back makes nobody wait
AFTER_FINISH_SECONDS = 0.4
DRAIN_SECONDS = 0.05
KEEP_SECONDS = 15.0
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Options:
    """How one server is spoken to. `price` in currency units per million tokens of prompt and completion; `extra` goes into every request's body;
    `thinks` for a model whose reasoning begins without its mark; `connect` in seconds; `most_bytes` of one event."""

    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Json] = field(default_factory=dict)
    dialect: Dialect = field(default_factory=Dialect)
    limits: Limits = field(default_factory=Limits)
    price: tuple[float, float] = (0.0, 0.0)
    thinks: bool = False
    connect: float = 3.0
    connections: int = 200
    most_bytes: int = 512 * 1024


def read_options(given: Mapping[str, Json], *, limits: Limits) -> Options:
    """Options from the settings: `thinks`, `schema` (how JSON is asked for), `headers`, `query`, `extra`, `connect`. Raises ConfigError with every mistake."""
    checks: dict[str, Callable[[Json], bool]] = {
        "thinks": lambda value: isinstance(value, bool),
        "schema": lambda value: value in get_args(Schemas),
        "headers": _texts,
        "query": _texts,
        "extra": lambda value: isinstance(value, dict),
        "connect": lambda value: isinstance(value, int | float) and value > 0,
    }
    problems = [f"openai.{key}: unknown; known are {', '.join(checks)}" for key in given if key not in checks]
    problems += [f"openai.{key}: not a value for this" for key, fits in checks.items() if key in given and not fits(given[key])]
    if problems:
        raise ConfigError("; ".join(problems), problems=problems)
    values: dict[str, Any] = {key: value for key, value in given.items() if key != "schema"}
    dialect = Dialect(schema=cast(Schemas, given["schema"])) if "schema" in given else Dialect()
    return Options(dialect=dialect, limits=limits, **values)


def _texts(value: Json) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())


class HostedModel:
    """`model` at `base_url` (the address before `/chat/completions`). `key` may be empty for a server that asks for none; `count` estimates tokens where the
    server does not tell. Raises ConfigError for an address that is none."""

    def __init__(
        self, model: str, *, base_url: str, key: str = "", options: Options | None = None, count: Callable[[str], int] = estimate, name: str = ""
    ) -> None:
        address = urlsplit(base_url)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise ConfigError("the model's base address is no http(s) address")
        self.name = name or f"openai:{model}"
        self.host = f"{address.hostname}:{address.port}" if address.port else address.hostname
        self._model = model
        self._options = options or Options()
        self._dialect = self._options.dialect
        self._count = count
        self._secret = key
        self._client = _client(base_url, key, self._options)

    def __repr__(self) -> str:
        return f"HostedModel({self.name!r}, host={self.host!r})"

    @property
    def dialect(self) -> Dialect:
        """What the server was found to take so far."""
        return self._dialect

    def stream(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        """Events of one call, within `request.seconds` and the options' limits. Raises ModelFailed."""
        return watch(self._events(request), request.seconds, self._options.limits)

    async def ping(self) -> str:
        """Whether the server answers and knows the key, asked by its list of models. Raises ModelFailed."""
        failure, found = None, []
        try:
            async with asyncio.timeout(5):
                page = await self._client.models.list()
                found = [str(each.id) for each in page.data]
        except TimeoutError:
            failure = ModelFailed("the model's server does not answer", code="unreachable")
        except Exception as error:
            failure = self._failure(error)
        if failure and failure.code != "refused":
            raise failure
        known = "" if not found else ", model known" if self._model in found else f", model not among its {len(found)}"
        return f"{self.name} at {self.host}: answers{known}"

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.close()

    async def _events(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        opened = await self._opened(request)
        pieces: AsyncIterator[bytes] = opened.http_response.aiter_bytes()
        reader = ChunkReader(request, thinks=self._options.thinks, secret=self._secret)
        lines, complete = Lines(self._options.most_bytes), False
        try:
            kind = opened.headers.get("content-type", "").lower()
            if "json" in kind and "stream" not in kind:
                for event in reader.take(_parsed(await self._body(pieces))):
                    yield event
                complete = True
            while not complete:
                piece = await _next(pieces, None if reader.reason is None else AFTER_FINISH_SECONDS)
                for data in lines.feed(piece) if piece else lines.finish():
                    if data.startswith(b"[DONE]"):
                        complete = True
                        break
                    for event in reader.take(_parsed(data)):
                        yield event
                complete = complete or not piece
            if reader.reason is None:
                raise ModelFailed("the stream ended without a finish reason", code="cut", started=reader.started)
            yield used(reader.usage, (0, 0) if reader.usage else self._estimate(request, reader), self._options.price)
            yield Finished(reader.reason)
        finally:
            if complete:
                await _drain(pieces)
            await opened.close()

    async def _body(self, pieces: AsyncIterator[bytes]) -> bytes:
        """The one body of a server that does not stream."""
        kept = b""
        while piece := await _next(pieces, None):
            if len(kept) + len(piece) > self._options.most_bytes:
                raise ModelFailed(f"the model's server sent more than {self._options.most_bytes} bytes", code="garbled")
            kept += piece
        return kept

    async def _opened(self, request: ModelRequest) -> Any:
        """The response whose body is the stream. A parameter that the server refuses is left out from then on.

        A kept connection that the server had closed meanwhile says nothing about the server: once, a fresh one is taken.
        """
        fresh, dialect = False, self._dialect
        failure = ModelFailed("the model's server refuses every form of the request", code="refused")
        for _ in range(MOST_REFUSALS + 1):
            body = body_of(request, self._model, dialect, self._options.extra)
            try:
                opened = await self._send(body)
            except Exception as raised:
                if not fresh and _was_closed(raised):
                    fresh = True
                    continue
                failure, (status, words) = self._failure(raised), _status(raised)
            else:
                # what was left out is only remembered once that helped
                self._dialect = dialect
                return opened
            easier = simpler(dialect, body, status, words) if failure.code in ("refused", "server") else None
            if easier is None:
                raise failure
            dialect = easier
        raise failure

    async def _send(self, body: dict[str, Any]) -> Any:
        # the SDK's own stream would drop unknown fields, keep any length of line and take a cut stream for a whole one; and in `extra_body` a body goes
        # as it is, where its own arguments are each walked through and copied
        create = self._client.chat.completions.with_streaming_response.create
        return await create(messages=(), model=self._model, stream=True, extra_body=body).__aenter__()

    def _failure(self, error: Exception) -> ModelFailed:
        import openai

        if isinstance(error, ModelFailed):
            return error
        if isinstance(error, openai.APIStatusError):
            return of_status(error.status_code, error.body or "", error.response.headers, secret=self._secret)
        if isinstance(error, openai.APIConnectionError):
            return ModelFailed(f"the model's server at {self.host} cannot be reached", code="unreachable")
        return ModelFailed(f"the model's server gave no answer that can be read ({type(error).__name__})", code="garbled")

    def _estimate(self, request: ModelRequest, reader: ChunkReader) -> tuple[int, int]:
        said, thought = reader.wrote()
        return self._count(prompt_text(request)) + PER_MESSAGE * len(request.messages), self._count(said) + thought // 3


def _client(base_url: str, key: str, options: Options) -> Any:
    import httpx2
    import openai

    timeout = httpx2.Timeout(None, connect=options.connect)
    http = httpx2.AsyncClient(
        # a redirect would carry the customer's words to an address that nobody set
        follow_redirects=False,
        # a proxy is for the way out, not for a server on this machine
        trust_env=urlsplit(base_url).hostname not in _LOOPBACK,
        timeout=timeout,
        limits=httpx2.Limits(max_connections=options.connections, max_keepalive_connections=options.connections, keepalive_expiry=KEEP_SECONDS),
    )
    client = openai.AsyncOpenAI(
        api_key=key or "none",
        base_url=base_url,
        max_retries=0,
        timeout=timeout,
        default_headers={"Accept-Encoding": "identity", **options.headers},
        default_query=dict(options.query),
        http_client=http,
    )
    # these come from the environment and belong to one address only: what another server should get is said in the options
    client.organization = client.project = None
    # loads what the first customer would otherwise wait for
    _ = client.chat.completions.with_streaming_response
    return client


def _status(error: Exception) -> tuple[int, str]:
    status = getattr(error, "status_code", 0)
    return (status if isinstance(status, int) else 0), told(getattr(error, "body", None) or "")


def _was_closed(error: Exception) -> bool:
    """Whether a connection ended before any answer, which is how a kept one shows that it is gone; a connection that cannot be made is another matter."""
    import httpx2

    return isinstance(error.__cause__, httpx2.RemoteProtocolError | httpx2.ReadError | httpx2.WriteError)


async def _next(pieces: AsyncIterator[bytes], seconds: float | None) -> bytes:
    """The next bytes; b"" when there are none, when the connection broke, or when `seconds` are over: the reader knows whether the answer was complete."""
    try:
        if seconds is None:
            return await anext(pieces)
        async with asyncio.timeout(seconds):
            return await anext(pieces)
    except StopAsyncIteration:
        return b""
    except Exception:
        return b""


async def _drain(pieces: AsyncIterator[bytes]) -> None:
    """Reads what follows a complete answer, so that its connection can serve the next call."""
    with suppress(TimeoutError):
        async with asyncio.timeout(DRAIN_SECONDS):
            while await _next(pieces, None):
                pass


def _parsed(data: bytes) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None

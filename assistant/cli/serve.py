"""Serves the assistant: brings the documents in with a progress bar, finds a port, says what to try."""

from __future__ import annotations

import asyncio
import ipaddress
import socket

from assistant.api.deps import Bench, Example
from assistant.app import Assistant, build
from assistant.config import Config
from assistant.errors import ConfigError

PORTS_TRIED = 20
LAST_PORT = 65535


def run(config: Config, *, host: str, port: int, demo: bool) -> None:
    """Runs until it is stopped. Raises ConfigError when no port is free."""
    asyncio.run(_serve(build(config), host=host, port=port, demo=demo))


async def _serve(assistant: Assistant, *, host: str, port: int, demo: bool) -> None:
    import uvicorn

    from assistant.api.logs import configure_logs
    from assistant.api.server import SERVER, make_app
    from assistant.cli.progress import shown

    configure_logs(level="warning", as_json=assistant.config.log_json)
    listening = listen(host, port)
    try:
        with shown("documents") as progress:
            await assistant.start(progress)
        examples = [Example(example.as_, example.text) for example in assistant.workspace.settings.demo.examples]
        api = make_app(assistant, demo=demo, examples=examples, bench=_bench(assistant) if demo else None)
        server = uvicorn.Server(uvicorn.Config(api, log_level="warning", **SERVER))
        _greet(assistant, listening.getsockname()[1], host=host, demo=demo)
        await server.serve(sockets=[listening])
    finally:
        listening.close()
        await assistant.close()


def _bench(assistant: Assistant) -> Bench:
    from assistant.evaluation.retrieval_desk import desk_of

    return desk_of(assistant.knowledge)


def refuse_strangers(host: str) -> None:
    """Raises ConfigError for an address at which others would reach the staff's routes."""
    if not is_loopback(host):
        raise ConfigError(
            f"--demo lets whoever reaches {host} read traces, speak as staff and remove documents: listen on 127.0.0.1, or say --anyone where that is meant"
        )


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches an address; a name counts when every address it has does."""
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return all(ipaddress.ip_address(each.partition("%")[0]).is_loopback for each in found)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on `port`, or on the next free one. Raises ConfigError."""
    if not 0 <= port <= LAST_PORT:
        raise ConfigError(f"{port} is no port: give one from 0 to {LAST_PORT}")
    for candidate in range(port, min(port + PORTS_TRIED, LAST_PORT + 1)) if port else (0,):
        listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, candidate))
            listening.listen(2048)
        except OSError:
            listening.close()
            continue
        return listening
    raise ConfigError(f"no free port between {port} and {port + PORTS_TRIED - 1} on {host}: stop what runs there or pass --port")


def _greet(assistant: Assistant, port: int, *, host: str, demo: bool) -> None:
    shown_host = f"[{host}]" if ":" in host else host
    print(f"\n  {assistant.workspace.settings.workspace.name.get('en', assistant.tenant)} is served at http://{shown_host}:{port}/")
    zone = assistant.workspace.zone
    print(f"  Business time: {assistant.clock.now().astimezone(zone):%Y-%m-%d %H:%M} {zone.key}")
    examples = assistant.workspace.settings.demo.examples
    if demo and examples:
        print("\n  To try on the page:")
        for example in examples:
            print(f"    {example.text}   (as {example.as_})")
    if not is_loopback(host):
        print("\n  Whoever reaches this address can open a conversation as any contact: put the sign-in of your own site in front of it.")
    print("\n  Ctrl+C stops.", flush=True)

"""Serves the assistant: brings the documents in with a progress bar, finds a port, says what to try."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

from assistant.api.deps import Example
from assistant.app import Assistant, build
from assistant.cli.config import config_of
from assistant.errors import ConfigError

PORTS_TRIED = 20


def run(workspace: Path, *, state: Path | None, host: str, port: int, demo: bool, fresh: bool, clock: str) -> None:
    """Runs until it is stopped. Raises ConfigError when no port is free."""
    asyncio.run(_serve(build(config_of(workspace, state=state, clock=clock, fresh=fresh)), host=host, port=port, demo=demo))


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
        api = make_app(assistant, demo=demo, examples=[Example(example.as_, example.text) for example in assistant.workspace.settings.demo.examples])
        server = uvicorn.Server(uvicorn.Config(api, log_level="warning", **SERVER))
        _greet(assistant, listening.getsockname()[1], host=host, demo=demo)
        await server.serve(sockets=[listening])
    finally:
        listening.close()
        await assistant.close()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on `port`, or on the next free one. Raises ConfigError."""
    for candidate in range(port, port + PORTS_TRIED) if port else (0,):
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
    if demo:
        print("\n  Three things to try on the page:")
        for example in assistant.workspace.settings.demo.examples:
            print(f"    {example.text}   (as {example.as_})")
    print("\n  Ctrl+C stops.", flush=True)

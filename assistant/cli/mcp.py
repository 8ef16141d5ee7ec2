"""Serves the assistant to one program over standard input and output; who that is comes from a key in the environment."""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path

from assistant.app import build
from assistant.cli.config import config_of
from assistant.config import KEY
from assistant.errors import InvalidInput


def run(workspace: Path, *, state: Path | None, clock: str, page: str, model: str) -> None:
    """Runs until the program closes the line. Raises InvalidInput for a key that is not in the settings, ConfigError for a workspace that cannot be loaded."""
    from assistant.api.callers import caller_of
    from assistant.channels.mcp import serve_stdio

    config = config_of(workspace, state=state, clock=clock, model=model)
    shown = config.secret(KEY) if config.has_secret(KEY) else ""
    # standard output is the line to the other program
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)

    async def serve() -> None:
        assistant = build(config)
        try:
            if shown and await caller_of(assistant, shown) is None:
                raise InvalidInput(f"the key in {KEY} is not in the settings of this workspace", code="unknown_key")
            await assistant.start_briefly()
            await serve_stdio(assistant, lambda key: caller_of(assistant, key), shown=shown, page=page.rstrip("/"))
        finally:
            await assistant.close()

    asyncio.run(serve())

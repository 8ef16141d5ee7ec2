"""Joins keys and the MCP server: who calls, as the tools know it, and the server behind /mcp for those who have keys at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.api.deps import AssistantLike
from assistant.api.keys import holder_of
from assistant.api.rates import Rates, count
from assistant.channels.mcp_tools import Caller
from assistant.tools.authority import MCP, channel_of, narrowed

if TYPE_CHECKING:
    from assistant.channels.mcp import Mounted

PATH = "/mcp"


async def caller_of(assistant: AssistantLike, shown: str) -> Caller | None:
    """Whoever holds a key, with what it allows; None for no key of ours."""
    holder = await holder_of(assistant, shown)
    if holder is None:
        return None
    principal = narrowed(holder.principal, channel_of(MCP, holder.key.name), assistant.workspace.settings.keys) if holder.contact else holder.principal
    return Caller(holder.key.name, principal, holder.contact)


def mounted(assistant: AssistantLike, rates: Rates) -> Mounted | None:
    """The MCP server of this assistant; None where there is no key that would let anybody in. Its calls count as requests of their key."""
    if not assistant.workspace.settings.keys:
        return None
    from assistant.channels.mcp import Mounted

    settings = assistant.workspace.settings
    keys = {key.name: key for key in settings.keys}

    def too_often(name: str) -> str:
        refused = count(rates, keys[name], settings.limits) if name in keys else None
        return refused.message if refused else ""

    return Mounted(assistant, lambda shown: caller_of(assistant, shown), too_often)

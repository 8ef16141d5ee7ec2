"""What a message that a program sent may do: its channel names the key it came with, so that it counts the same when it is answered again after a crash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.types import Principal
from assistant.workspace.company import KeySpec

# the doors programs come in by; a message's channel is "door:name of the key"
OPENAI, MCP = "api", "mcp"
DOORS = (OPENAI, MCP)
READS = ".read"


def channel_of(door: str, key: str) -> str:
    return f"{door}:{key}"


def may_write(channel: str) -> bool:
    """Whether a message that came in by this channel can make the assistant change anything. A tool of a model's never can: people say yes elsewhere."""
    return not channel.startswith(f"{MCP}:")


def narrowed(principal: Principal, channel: str, keys: Sequence[KeySpec]) -> Principal:
    """The contact with what the key of this channel allows; a key that is gone allows reading only."""
    door, _, name = channel.partition(":")
    if door not in DOORS or not name:
        return principal
    key = next((each for each in keys if each.name == name), None)
    if key is None:
        return replace(principal, permissions=tuple(each for each in principal.permissions if each.endswith(READS)))
    if not key.permissions:
        return principal
    return replace(principal, permissions=tuple(each for each in principal.permissions if each in key.permissions))

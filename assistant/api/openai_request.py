"""Reads a chat request in OpenAI's form: what is said last, what went before, and nothing that would give the sender's other messages authority; pure."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.llm.tokens import PER_MESSAGE, estimate

ROLES = ("system", "developer", "user", "assistant", "tool", "function")
MODEL = "assistant"
MOST_IMAGES = 5
Pair = tuple[str, str]


class Refused(Exception):
    """A request that is answered with an error of OpenAI's form."""

    def __init__(self, message: str, *, status: int = 400, code: str = "", param: str = "", kind: str = "invalid_request_error", retry_after: int = 0) -> None:
        super().__init__(message)
        self.message, self.status, self.code, self.param, self.kind = message, status, code, param, kind
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Image:
    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Asked:
    """`text` is what the customer says. `pairs` are the messages before it as (said, replied); None when they are no such row, so that no chain can be theirs.

    `tokens` is what all that was sent would take of a prompt.
    """

    text: str
    images: tuple[Image, ...]
    pairs: tuple[Pair, ...] | None
    before: str
    tokens: int
    stream: bool = False
    tell_usage: bool = False


def read_request(data: bytes) -> Asked:
    """Raises Refused."""
    body = _object(data)
    _model(body.get("model"))
    _supported(body)
    messages = [_message(each, number) for number, each in enumerate(_messages(body))]
    last = max((number for number, (role, _) in enumerate(messages) if role == "user"), default=-1)
    if last < 0:
        raise Refused("messages holds no user message", code="invalid_value", param="messages")
    where = f"messages.{last}.content"
    text, images = _said(messages[last][1], where), _images(messages[last][1], where)
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise Refused("the text holds half characters (lone surrogates)", code="invalid_unicode", param=where)
    earlier = [(role, _text(content)) for role, content in messages[:last] if role in ("user", "assistant")]
    options = body.get("stream_options")
    return Asked(
        text=text,
        images=images,
        pairs=_pairs(earlier),
        before=_digest(*(part for entry in earlier for part in entry)) if earlier else "",
        tokens=sum(PER_MESSAGE + estimate(_text(content)) for _, content in messages),
        stream=_flag(body, "stream"),
        tell_usage=isinstance(options, Mapping) and options.get("include_usage") is True,
    )


def _object(data: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Refused("the body is not UTF-8", code="invalid_utf8") from error
    except (ValueError, RecursionError) as error:
        raise Refused("the body is not JSON", code="invalid_json") from error
    if not isinstance(found, Mapping):
        raise Refused("the body is not a JSON object", code="invalid_type")
    return found


def _model(name: object) -> None:
    if not isinstance(name, str) or not name:
        raise Refused("you must provide a model parameter", code="missing_required_parameter", param="model")
    if name != MODEL:
        raise Refused(f"The model `{name[:100]}` does not exist; there is `{MODEL}`", status=404, code="model_not_found", param="model")


def _supported(body: Mapping[str, Any]) -> None:
    """Refuses what would change the form of the answer that the caller then reads: it gets one text, in words."""
    if body.get("n") not in (None, 1):
        raise Refused("one answer is given: n must be 1", code="unsupported_value", param="n")
    if body.get("logprobs") not in (None, False) or body.get("top_logprobs") not in (None, 0):
        raise Refused("there are no log probabilities", code="unsupported_value", param="logprobs")
    wanted = body.get("response_format")
    if wanted is not None and (not isinstance(wanted, Mapping) or wanted.get("type") != "text"):
        raise Refused("the answer is text: response_format can only be of type text", code="unsupported_value", param="response_format")
    if body.get("modalities") not in (None, ["text"]):
        raise Refused("the answer is text: modalities can only be text", code="unsupported_value", param="modalities")


def _messages(body: Mapping[str, Any]) -> Sequence[Any]:
    found = body.get("messages")
    if not isinstance(found, list) or not found:
        raise Refused("messages must be a list with at least one message", code="invalid_value", param="messages")
    return found


def _message(entry: object, number: int) -> tuple[str, Any]:
    """(role, content). An unknown role is a mistake; what a known one may say is decided by the caller."""
    where = f"messages.{number}"
    if not isinstance(entry, Mapping):
        raise Refused("a message is an object", code="invalid_type", param=where)
    role, content = entry.get("role"), entry.get("content")
    if role not in ROLES:
        raise Refused(f"role must be one of {', '.join(ROLES)}", code="invalid_value", param=f"{where}.role")
    if content is not None and not isinstance(content, str | list):
        raise Refused("content must be a string or a list of parts", code="invalid_type", param=f"{where}.content")
    return role, content


def _flag(body: Mapping[str, Any], name: str) -> bool:
    value = body.get(name)
    if value is not None and not isinstance(value, bool):
        raise Refused(f"{name} must be true or false", code="invalid_type", param=name)
    return value is True


def _parts(content: Any) -> Iterator[Mapping[str, Any]]:
    yield from (part for part in content if isinstance(part, Mapping)) if isinstance(content, list) else ()


def _text(content: Any) -> str:
    """The words of a message; parts of other kinds say nothing."""
    if isinstance(content, str):
        return content
    return "\n".join(str(part["text"]) for part in _parts(content) if part.get("type") == "text" and isinstance(part.get("text"), str))


def _said(content: Any, where: str) -> str:
    """The last words; a part that cannot be read is told, since the customer meant it to be."""
    if isinstance(content, list):
        for number, part in enumerate(content):
            kind = part.get("type") if isinstance(part, Mapping) else None
            if kind not in ("text", "image_url") or (kind == "text" and not isinstance(part.get("text"), str)):
                raise Refused("a part is text or image_url", code="invalid_value", param=f"{where}.{number}.type")
    return _text(content)


def _images(content: Any, where: str) -> tuple[Image, ...]:
    """Images sent along. One by address is refused: nothing is ever fetched for a caller."""
    found: list[Image] = []
    for part in _parts(content):
        if part.get("type") != "image_url":
            continue
        address = part.get("image_url")
        url = address.get("url") if isinstance(address, Mapping) else None
        head, comma, body = url.partition(",") if isinstance(url, str) else ("", "", "")
        if not comma or not head.startswith("data:") or not head.endswith(";base64"):
            raise Refused("an image must be a data: URL in base64; addresses are not fetched", code="invalid_image_url", param=where)
        try:
            found.append(Image(base64.b64decode(body, validate=True), head.removeprefix("data:").removesuffix(";base64").lower()))
        except (binascii.Error, ValueError) as error:
            raise Refused("the image is not base64", code="invalid_base64_image", param=where) from error
    if len(found) > MOST_IMAGES:
        raise Refused(f"at most {MOST_IMAGES} images a message", code="invalid_value", param=where)
    return tuple(found)


def _pairs(earlier: Sequence[Pair]) -> tuple[Pair, ...] | None:
    """Messages before the last as (said, replied); None unless each of the customer's has just one reply."""
    if len(earlier) % 2 or any(role != ("user", "assistant")[number % 2] for number, (role, _) in enumerate(earlier)):
        return None
    return tuple((earlier[number][1], earlier[number + 1][1]) for number in range(0, len(earlier), 2))


def first_link(contact: str) -> str:
    """Where every chain of a contact begins: two contacts never share one, whatever they say."""
    return _digest("contact", contact)


def next_link(link: str, said: str, replied: str) -> str:
    """A chain grown by one exchange. White space at the ends does not count: clients trim it."""
    return _digest(link, _trimmed(said), _trimmed(replied))


def chain_of(contact: str, pairs: Sequence[Pair]) -> str:
    link = first_link(contact)
    for said, replied in pairs:
        link = next_link(link, said, replied)
    return link


def message_id(conversation: str, place: str, asked: Asked, *, key: str = "") -> str:
    """The id that the same message at the same place has every time it is sent; `key`, the client's own name for the request, takes the place's part."""
    images = [hashlib.sha256(image.data).hexdigest() for image in asked.images]
    return f"oa-{_digest(conversation, *(('key', key) if key else ('place', place)), asked.text, *images)[:40]}"


def _trimmed(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _digest(*parts: str) -> str:
    """SHA-256 over parts with their lengths, so that no two rows of parts are written alike."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()

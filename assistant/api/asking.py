"""One customer message, whichever way it came in: checked against the limits, timed, answered; a socket and a request take the same road."""

from __future__ import annotations

from time import perf_counter
from typing import Any

from assistant.api.deps import Served
from assistant.api.shapes import NewMessage
from assistant.api.view import customer_reply
from assistant.errors import InvalidInput, NotFound
from assistant.types import Attachment, Principal


async def ask(
    served: Served, conversation: str, message: NewMessage, principal: Principal | None = None, *, channel: str = "", early: bool = False
) -> dict[str, Any]:
    """The customer's part of the turn that answers the message; a repeat of its id gives the earlier one.

    `principal` is the conversation's contact where the caller knows it already; `channel` is how the message came in, where not as the conversation did;
    `early`: it was sent before the reply to the message before it could be read.

    Raises InvalidInput (`too_long`, `empty`, `invalid_unicode`), NotFound for an unknown conversation or attachment, Conflict when the id was used for
    other words, BackendUnavailable.
    """
    limit = served.assistant.workspace.settings.limits.message_characters
    if len(message.text) > limit:
        raise InvalidInput(f"the message has {len(message.text)} characters; the limit is {limit}", code="too_long")
    if not message.text.strip() and not message.attachments:
        raise InvalidInput("a message needs text or an attachment", code="empty")
    if any("\ud800" <= character <= "\udfff" for character in message.text):
        raise InvalidInput("the text holds half characters (lone surrogates)", code="invalid_unicode")
    who = principal or await served.assistant.principal_of(conversation)
    files = [await _attachment(served, digest, who) for digest in dict.fromkeys(message.attachments)]
    started = perf_counter()
    made = message.id or served.ids.new("ms")
    view = await served.assistant.say(who, conversation, text=message.text, attachments=tuple(files), message_id=made, channel=channel, early=early)
    served.metrics.seconds.observe(perf_counter() - started)
    return customer_reply(view)


async def _attachment(served: Served, digest: str, who: Principal) -> Attachment:
    if not served.assistant.files.given_by(digest, who.id):
        raise NotFound("no such attachment")
    data, media_type = await served.assistant.attachment(digest)
    return Attachment(digest, "", media_type, len(data))

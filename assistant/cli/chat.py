"""A chat in the terminal, or by JSON lines for other programs: one input per line, exactly one JSON object per line out."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from assistant.app import Assistant, build
from assistant.cli.config import config_of, instant
from assistant.errors import AssistantError, InvalidInput, NotFound
from assistant.types import Attachment, Principal

KEYS = {"text", "attachments", "id", "as", "clock", "agent"}


def run(workspace: Path, *, as_: str, clock: str, state: Path | None, model: str, fresh: bool, lines: bool) -> None:
    """Chats until the input ends. Raises InvalidInput for an unknown contact, ConfigError for a workspace or model that cannot be loaded."""
    assistant = build(config_of(workspace, state=state, clock=clock, fresh=fresh, model=model))
    asyncio.run(_chat(assistant, as_ or assistant.workspace.settings.demo.as_, lines=lines))


async def _chat(assistant: Assistant, label: str, *, lines: bool) -> None:
    try:
        await assistant.start_briefly()
        session = Session(assistant, await _principal(assistant, label))
        for raw in _raw_lines(sys.stdin.buffer, prompt=not lines):
            answer = await session.line(raw)
            print(json.dumps(answer, ensure_ascii=False) if lines else _readable(answer), flush=True)
    finally:
        await assistant.close()


async def _principal(assistant: Assistant, label: str) -> Principal:
    """The contact called so. Raises NotFound with the nearest names, InvalidInput when nobody is named."""
    from assistant.cli.contacts import advice

    labels = [contact["label"] for contact in assistant.contacts()]
    if not label:
        raise InvalidInput(f'say who is chatting with --as "COMPANY/CONTACT"; {advice(label, labels)}', code="no_contact")
    try:
        return await assistant.principal(label)
    except NotFound as error:
        raise NotFound(f"{error.message}; {advice(label, labels)}") from error


def _raw_lines(stream: BinaryIO, *, prompt: bool) -> Iterator[bytes]:
    while True:
        if prompt:
            print("> ", end="", flush=True)
        raw = stream.readline()
        if not raw:
            return
        yield raw


@dataclass(slots=True)
class Session:
    """One customer at the terminal; a control line may change who that is."""

    assistant: Assistant
    principal: Principal
    conversation: str = ""

    async def line(self, raw: bytes) -> dict[str, Any]:
        """The answer to one line of input; errors are answers too."""
        try:
            return await self._line(raw)
        except AssistantError as error:
            return {"error": {"code": error.code, "message": error.message}}
        except Exception:
            logging.getLogger("assistant.chat").exception("the line could not be answered")
            return {"error": {"code": "internal", "message": "the line could not be answered; it is kept and will be answered at the next start"}}

    async def _line(self, raw: bytes) -> dict[str, Any]:
        try:
            text = raw.decode("utf-8").strip("\r\n")
        except UnicodeDecodeError as error:
            raise InvalidInput("the line is not UTF-8", code="invalid_utf8") from error
        if not text.strip():
            raise InvalidInput("the line is blank; type a message", code="blank")
        given = _object(text)
        if given is None:
            return await self._say(text, (), "")
        if "as" in given:
            return await self._as(given["as"])
        if "clock" in given:
            return self._clock(given["clock"])
        if "agent" in given:
            return await self._agent(given["agent"])
        return await self._message(given)

    async def _message(self, given: Mapping[str, Any]) -> dict[str, Any]:
        text, paths, made = given.get("text", ""), given.get("attachments", []), given.get("id", "")
        if not isinstance(text, str) or not isinstance(made, str):
            raise InvalidInput("text and id must be strings", code="bad_value")
        if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
            raise InvalidInput("attachments must be a list of paths", code="bad_value")
        if not text.strip() and not paths:
            raise InvalidInput("a message needs text or attachments", code="blank")
        if len(text) > (limit := self.assistant.workspace.settings.limits.message_characters):
            raise InvalidInput(f"the message has {len(text)} characters; the limit is {limit}", code="too_long")
        return await self._say(text, [await self._attach(path) for path in paths], made)

    async def _attach(self, path: str) -> Attachment:
        try:
            data = Path(path).read_bytes()
        except (OSError, ValueError) as error:
            raise InvalidInput(f"no file {path!r}", code="missing_attachment") from error
        return await self.assistant.attach(data, name=Path(path).name, media_type="")

    async def _say(self, text: str, attachments: Sequence[Attachment], made: str) -> dict[str, Any]:
        limit = self.assistant.workspace.settings.limits.message_characters
        if len(text) > limit:
            raise InvalidInput(f"the message has {len(text)} characters; the limit is {limit}", code="too_long")
        if not self.conversation:
            self.conversation = await self.assistant.open_conversation(self.principal, channel="cli")
        view = await self.assistant.say(self.principal, self.conversation, text=text, attachments=attachments, message_id=made)
        return dict(view)

    async def _as(self, label: object) -> dict[str, Any]:
        if not isinstance(label, str):
            raise InvalidInput('"as" must be a contact such as "C1/李伟"', code="bad_value")
        self.principal = await _principal(self.assistant, label)
        self.conversation = ""
        return {"control": "as", "ok": True}

    def _clock(self, at: object) -> dict[str, Any]:
        moment = instant(at) if isinstance(at, str) else None
        if moment is None:
            raise InvalidInput('"clock" must be an ISO instant', code="bad_clock")
        self.assistant.clock.set(moment)
        return {"control": "clock", "ok": True}

    async def _agent(self, given: object) -> dict[str, Any]:
        if (
            not isinstance(given, Mapping)
            or not isinstance(given.get("name"), str)
            or not given["name"]
            or not (isinstance(given.get("say"), str) or given.get("close") is True)
        ):
            raise InvalidInput('"agent" needs a name with "say": text or "close": true', code="bad_value")
        if not self.conversation:
            raise InvalidInput("there is no conversation yet", code="no_conversation")
        if given.get("close") is True:
            await self.assistant.agent_closes(self.conversation, agent=given["name"])
        else:
            await self.assistant.agent_says(self.conversation, agent=given["name"], text=given["say"])
        return {"control": "agent", "ok": True}


def _object(text: str) -> dict[str, Any] | None:
    """The line as an object with a known key; None when it is the customer's own words."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return given if isinstance(given, dict) and KEYS & given.keys() else None


def _readable(answer: Mapping[str, Any]) -> str:
    """An answer for people: the text, then its sources and receipts."""
    if "error" in answer:
        return f"! {answer['error']['message']}"
    if "control" in answer:
        return f"({answer['control']})"
    notes = [f"[{n}] {c['title'] or c['document']} · {c['quote']}" for n, c in enumerate(answer.get("citations", ()), 1)]
    return "\n".join([answer["text"] or f"({answer['action']})", *(f"    {note}" for note in notes)])

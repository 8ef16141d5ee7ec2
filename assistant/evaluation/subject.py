"""What a scenario is played against: a small Protocol, and the assistant of this process behind it; playing and grading are elsewhere."""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from assistant.errors import ModelFailed
from assistant.evaluation.ground import Ground, ground_of
from assistant.evaluation.retrieval_desk import seconded
from assistant.evaluation.transcript import Bubble
from assistant.events import MESSAGE_RECEIVED, TURN_COMPLETED
from assistant.llm.route import BackEnd
from assistant.model_types import ModelEvent, ModelRequest
from assistant.ports import ChatModel
from assistant.store import fixture, knowledge
from assistant.store.columns import plain
from assistant.tools.fixture import fixture_rows
from assistant.types import Attachment, Json, Principal
from assistant.workspace.scenario import Contact

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from assistant.app import Assistant


_SOME_DAY = "2026-01-05T09:00:00+00:00"  # stands until the first scenario sets its own time


class Subject(Protocol):
    """One assistant that can be set back, spoken to and looked into. `parts` names what it has beyond that: model, drafts.

    A conversation is known by its id alone; what goes wrong is raised as the product raises it.
    """

    ground: Ground
    parts: frozenset[str]

    async def reset(self, at: datetime) -> None:
        """The fixture again, nothing else, and business time standing at `at`."""

    def set_clock(self, at: datetime) -> None: ...

    async def open(self, contact: Contact) -> str:
        """A new conversation of this contact."""

    async def say(self, conversation: str, text: str, *, message: str, files: Sequence[Path] = ()) -> Mapping[str, Json]:
        """The staff's view of the turn that answers."""

    async def agent_says(self, conversation: str, *, agent: str, text: str) -> None: ...

    async def agent_closes(self, conversation: str, *, agent: str) -> None: ...

    async def draft(self, conversation: str) -> Mapping[str, Json]:
        """A draft for a person: {text, basis, ...}; nothing is sent by it."""

    async def agent_sends(self, conversation: str, *, agent: str, text: str, basis: str) -> None:
        """A person sends a draft. Raises Conflict when the customer has written since `basis`."""

    async def kill_model(self) -> None: ...

    async def state(self) -> Mapping[str, Json]: ...

    async def trace(self, turn: str) -> Mapping[str, Json]: ...

    async def section(self, document: str, version: int, section: str) -> str | None:
        """The live text a citation names; None when there is none."""

    async def log(self, conversation: str, *, after: int = 0) -> Sequence[Bubble]:
        """The bubbles of a screen that asks for what came after number `after`."""

    async def close(self) -> None: ...


@dataclass(slots=True)
class Gone:
    """A language model that is not there any more."""

    name: str

    async def stream(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        nothing: tuple[ModelEvent, ...] = ()
        for event in nothing:
            yield event
        raise ModelFailed(f"{self.name} is gone", code="unreachable")

    async def ping(self) -> str:
        raise ModelFailed(f"{self.name} is gone", code="unreachable")

    async def close(self) -> None:
        """Nothing is open."""


class InProcess:
    """The assistant of this process with a state folder of its own. Setting it back empties the state; the documents, the reader and the encoder stay."""

    def __init__(self, assistant: Assistant, rows: Mapping[str, Any]) -> None:
        self.assistant = assistant
        self.ground = ground_of(assistant.workspace)
        self.parts: frozenset[str] = frozenset({"drafts", "model"} if assistant.models else {"drafts"})
        self._rows = rows
        self._killed: list[tuple[BackEnd, ChatModel]] = []
        self._principals: dict[str, Principal] = {}
        self._sections: dict[tuple[str, int, str], str | None] = {}

    async def reset(self, at: datetime) -> None:
        tenant, zone = self.assistant.tenant, self.assistant.workspace.settings.workspace.timezone

        def again(conn: Connection) -> None:
            fixture.clear_state(conn, tenant=tenant)
            fixture.load_fixture(conn, self._rows, tenant=tenant, zone=zone)

        self.set_clock(at)
        self._principals.clear()
        self._revive()
        await self.assistant.store.write(again)

    def set_clock(self, at: datetime) -> None:
        self.assistant.clock.set(at)

    async def open(self, contact: Contact) -> str:
        principal = await self.assistant.principal(contact.label)
        made = await self.assistant.open_conversation(principal, channel=contact.channel)
        self._principals[made] = principal
        return made

    async def say(self, conversation: str, text: str, *, message: str, files: Sequence[Path] = ()) -> Mapping[str, Json]:
        attachments = [await self._kept(path) for path in files]
        view = await self.assistant.say(self._principals[conversation], conversation, text=text, attachments=attachments, message_id=message)
        record = await self.assistant.trace(str(view["turn"]))
        return {**view, "values": record.get("values")}

    async def _kept(self, path: Path) -> Attachment:
        data = await asyncio.to_thread(path.read_bytes)
        return await self.assistant.attach(data, name=path.name, media_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream")

    async def agent_says(self, conversation: str, *, agent: str, text: str) -> None:
        await self.assistant.agent_says(conversation, agent=agent, text=text)

    async def agent_closes(self, conversation: str, *, agent: str) -> None:
        await self.assistant.agent_closes(conversation, agent=agent)

    async def draft(self, conversation: str) -> Mapping[str, Json]:
        made = await self.assistant.outside.draft(self._principals[conversation], conversation, language="zh-Hans")
        told = plain(made)
        assert isinstance(told, dict)
        return told

    async def agent_sends(self, conversation: str, *, agent: str, text: str, basis: str) -> None:
        await self.assistant.outside.refuse_stale(conversation, basis=basis)
        await self.assistant.agent_says(conversation, agent=agent, text=text)

    async def kill_model(self) -> None:
        """No back end answers from now on, until the state is set back."""
        for back_end in self.assistant.models.route.back_ends() if self.assistant.models else ():
            self._killed.append((back_end, back_end.model))
            back_end.model = Gone(back_end.model.name)

    def _revive(self) -> None:
        for back_end, model in self._killed:
            back_end.model = model
            back_end.breaker.reset()
        self._killed.clear()

    async def state(self) -> Mapping[str, Json]:
        return await self.assistant.state()

    async def trace(self, turn: str) -> Mapping[str, Json]:
        return await self.assistant.trace(turn)

    async def section(self, document: str, version: int, section: str) -> str | None:
        key = (document, version, section)
        if key not in self._sections:
            self._sections[key] = await self.assistant.store.read(lambda conn: self._live(conn, key))
        return self._sections[key]

    def _live(self, conn: Connection, key: tuple[str, int, str]) -> str | None:
        document, version, section = key
        tenant = self.assistant.tenant
        live = {(row.language, row.version) for row in knowledge.live_documents(conn, tenant=tenant, ids=[document])}
        rows = knowledge.section(conn, tenant=tenant, document=document, version=version, section=section)
        return "\n\n".join(row.text for row in rows if (row.language, row.version) in live) or None

    async def log(self, conversation: str, *, after: int = 0) -> Sequence[Bubble]:
        found = []
        for event in await self.assistant.events(conversation, after=after):
            data: dict[str, Any] = dict(event.data)
            if event.name == MESSAGE_RECEIVED:
                found.append(Bubble(conversation, event.seq, str(data.get("role")), str(data.get("message")), str(data.get("text"))))
            elif event.name == TURN_COMPLETED:
                reply = data.get("reply") or {}
                found.append(Bubble(conversation, event.seq, "assistant", str(data.get("turn")), str(reply.get("text"))))
        return found

    async def close(self) -> None:
        await self.assistant.close()


async def in_process(workspace: Path, state: Path, *, model: str = "none") -> InProcess:
    """The assistant of a workspace folder over an empty state folder, ready to be played against. Raises ConfigError, BackendUnavailable."""
    from assistant import app
    from assistant.config import Config

    company = await asyncio.to_thread(app.load_company, Config(workspace=workspace, state=state))
    start = company.workspace.settings.clock.start or datetime.fromisoformat(_SOME_DAY)
    assistant = await asyncio.to_thread(app.build, Config(workspace=workspace, state=state, clock=start, model=model), company=company)
    await assistant.start_briefly()
    await asyncio.to_thread(seconded, assistant.knowledge)
    return InProcess(assistant, fixture_rows(company.workspace, company.rules))

"""The bytes themselves: a real server, a real socket and the log's route, with the hostile model behind them; what arrives is searched as it arrived."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import socket
from typing import Any

from tests.puppets import sniff
from tests.puppets.aimed import ATTACKS
from tests.puppets.campaign import DIALOGUES, Campaign, Dialogue
from tests.puppets.hostile import KINDS, Move
from tests.puppets.world import World


async def _listen(world: World, dialogues: list[Dialogue]) -> list[str]:
    """Every frame of each conversation's socket, and the body of its log, without the customer's own words."""
    import httpx
    import uvicorn
    from websockets.asyncio.client import connect

    from assistant.api.server import SERVER, make_app

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(world.assistant), log_level="error", **SERVER))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    address = f"127.0.0.1:{listening.getsockname()[1]}"
    raw: list[str] = []
    async with asyncio.timeout(10):
        while not server.started:
            await asyncio.sleep(0.01)
    try:
        async with httpx.AsyncClient(base_url=f"http://{address}", trust_env=False) as client:
            for dialogue in dialogues:
                opened = (await client.post("/v1/conversations", json={"as": dialogue.who})).json()["conversation"]
                async with connect(f"ws://{address}/v1/conversations/{opened}/live", proxy=None) as line:
                    for text in dialogue.texts:
                        await line.send(json.dumps({"id": f"m{len(raw)}", "text": text}))
                        raw += await _until_answered(line)
                found = (await client.get(f"/v1/conversations/{opened}/messages")).json()
                raw += [json.dumps(entry, ensure_ascii=False) for entry in found["entries"] if entry.get("role") != "customer"]
    finally:
        server.should_exit = True
        with contextlib.suppress(asyncio.CancelledError):
            await serving
    return raw


async def _until_answered(line: Any) -> list[str]:
    found: list[str] = []
    async with asyncio.timeout(20):
        while True:
            frame = str(await line.recv())
            data = json.loads(frame)
            if not (data.get("type") == "message" and data.get("role") == "customer"):
                found.append(frame)
            if data.get("type") in ("answered", "error"):
                return found


def test_no_frame_and_no_log_holds_what_must_not_leave(campaign: Campaign) -> None:
    chance = random.Random(1)
    campaign.brain.moves = [Move(chance.choice(sorted(KINDS)), chance.getrandbits(32), "x") for _ in range(97)]
    campaign.brain.lied.clear()
    raw = campaign.world.run(_listen(campaign.world, chance.sample(DIALOGUES, 7)))
    kinds = {json.loads(frame)["type"] for frame in raw}
    assert {"stage", "reply", "answered"} <= kinds
    for frame in raw:
        assert sniff.leaks(frame) == []
        assert sniff.lies(frame, campaign.brain.lied) == []
    campaign.world.reset()


def test_aimed_attacks_do_not_reach_the_wire(campaign: Campaign) -> None:
    server = campaign.world.server
    before = server.reply
    try:
        for attack in ATTACKS:
            server.reply = attack.script
            raw = campaign.world.run(_listen(campaign.world, list(attack.dialogues)[:2]))
            assert [harm for frame in raw for harm in (*sniff.leaks(frame), *sniff.claims(frame))] == []
    finally:
        server.reply = before
        campaign.world.reset()

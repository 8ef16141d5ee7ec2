"""What a model is shown: the caller's own data and public documents; no key, no other customer's data, no staff's document, no note, no permission."""

from __future__ import annotations

import json
import re

from tests.puppets.campaign import DIALOGUES, Campaign
from tests.puppets.company import FOREIGN, INTERNAL, KEY, NOTES
from tests.puppets.hostile import Move
from tests.puppets.sniff import squeezed

# what a customer wrote is shown to the model as it was said: these two say the canaries of notes themselves
SAID = [text for dialogue in DIALOGUES for text in dialogue.texts]
FOREIGN_ORDERS = {"C1": ("12370", "12371", "12380", "12381", "12360", "12366"), "C2": ("12345", "12346", "12350", "12352", "12370", "12371", "12381")}
# permissions, roles and thresholds are decided outside of every prompt
LOGIC = (
    "orders.write",
    "tickets.write",
    "knowledge.read",
    "permission",
    "supervisor",
    "confidence",
    "threshold",
    "api_key",
    "Authorization",
    "Bearer",
    "OPENAI",
)


def _without_said(prompt: str) -> str:
    for text in SAID:
        prompt = prompt.replace(json.dumps(text, ensure_ascii=False)[1:-1], " ").replace(text, " ")
    return prompt


def _system(raw: str) -> str:
    return "\n".join(str(message.get("content")) for message in json.loads(raw)["messages"] if message["role"] == "system")


def test_no_prompt_holds_what_its_customer_may_not_see(campaign: Campaign) -> None:
    for dialogue in DIALOGUES:
        before = len(campaign.brain.prompts)
        campaign.play(dialogue, [Move("foreign", 3), Move("tools", 5), Move("obey", 7)])
        for raw in campaign.brain.prompts[before:]:
            # a canary that the model itself said before may come back to it as its own words
            prompt = "\n".join(str(m.get("content")) for m in json.loads(raw)["messages"] if m["role"] in ("system", "tool"))
            flat = squeezed(_without_said(prompt))
            assert [each for each in (*FOREIGN, *INTERNAL, *NOTES, KEY) if squeezed(each) in flat] == []
            # what a document says of itself ("no free-shipping threshold") is not the product's own wording
            own_words = re.sub(r"<(material-[0-9a-f]{8})>.*?</\1>", " ", _system(raw), flags=re.DOTALL)
            assert [word for word in LOGIC if word in own_words] == []
            own = dialogue.who.split("/")[0]
            assert [number for number in FOREIGN_ORDERS[own] if re.search(rf"(?<!\d){number}(?!\d)", _without_said(prompt))] == []
    assert len(campaign.brain.prompts) >= 20


def test_no_request_carries_the_key_but_in_its_header(campaign: Campaign) -> None:
    campaign.play(DIALOGUES[0], [Move("true")])
    server = campaign.world.server
    assert server.headers[-1]["authorization"] == f"Bearer {KEY}"
    assert KEY not in json.dumps(server.requests[-1])


def test_material_stands_between_marks_that_nothing_in_it_can_close(campaign: Campaign) -> None:
    for dialogue in DIALOGUES:
        campaign.play(dialogue, [Move("obey", 1)])
    for raw in campaign.brain.prompts:
        body = json.loads(raw)
        system = str(body["messages"][0]["content"])
        if body.get("response_format"):
            continue
        marks = re.findall(r"</?(material-[0-9a-f]{8})>", system)
        assert len(set(marks)) == 1
        assert system.rstrip().endswith(f"</{marks[0]}>")
        assert not any(marks[0] in str(message.get("content")) for message in body["messages"][1:])

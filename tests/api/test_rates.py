"""How often a key may ask: the bucket by a clock of its own, and what a client over a real server is told."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import openai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.api.keys import hash_of
from assistant.api.rates import Rates, count
from assistant.app import Company
from assistant.config import Config
from assistant.workspace.company import KeySpec, Limits
from tests.conftest import MONDAY, ROOT
from tests.serving import DOCS, LI, STAFF, Serving, serving, with_keys

SLOW = (
    KeySpec("li", hash_of(LI), "C1/李伟", per_minute=2),
    KeySpec("docs", hash_of(DOCS), role="knowledge"),
    KeySpec("staff", hash_of(STAFF), role="agent", per_minute=1),
)


class Time:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def test_a_minutes_worth_at_once_then_one_a_share() -> None:
    time = Time()
    rates = Rates(time)
    assert [rates.take("erp", per_minute=3) for _ in range(3)] == [0.0] * 3
    assert rates.take("erp", per_minute=3) == pytest.approx(20.0)
    time.at += 19.9
    assert rates.take("erp", per_minute=3) == pytest.approx(0.1)
    time.at += 0.2
    assert [rates.take("erp", per_minute=3) > 0 for _ in range(2)] == [False, True]


def test_one_keys_requests_are_not_anothers_and_without_a_bound_nothing_is_kept() -> None:
    rates = Rates(Time())
    rates.take("a", per_minute=1)
    assert rates.take("a", per_minute=1) > 0
    assert rates.take("b", per_minute=1) == 0
    assert [rates.take("c", per_minute=0) for _ in range(100)] == [0.0] * 100


@given(st.integers(1, 50), st.lists(st.floats(0, 30), max_size=80))
def test_whoever_keeps_to_the_wait_is_let_in_and_nobody_gets_more(per_minute: int, pauses: list[float]) -> None:
    time = Time()
    rates, key = Rates(time), KeySpec("erp", "0" * 64, per_minute=per_minute)
    taken: list[float] = []
    for pause in pauses:
        time.at += pause
        refused = count(rates, key, Limits())
        if refused is None:
            taken.append(time.at)
            continue
        assert 1 <= refused.seconds <= 60
        time.at += refused.seconds
        assert count(rates, key, Limits()) is None
        taken.append(time.at)
    assert all(sum(start <= at <= start + 60 for at in taken) <= 2 * per_minute for start in taken)


def test_a_key_has_its_own_number_or_that_of_all() -> None:
    rates, limits = Rates(Time()), Limits(key_per_minute=1)
    own, plain = KeySpec("own", "0" * 64, per_minute=2), KeySpec("plain", "1" * 64)
    assert [count(rates, own, limits) is None for _ in range(3)] == [True, True, False]
    assert [count(rates, plain, limits) is None for _ in range(2)] == [True, False]


@pytest.fixture(scope="module")
def slow(company: Company, prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    state = shutil.copytree(prepared, tmp_path_factory.mktemp("rates") / "state")
    settings = replace(company.workspace.settings, limits=replace(company.workspace.settings.limits, key_per_minute=3))
    limited = replace(company, workspace=replace(company.workspace, settings=settings))
    with serving(Config(ROOT, state, clock=MONDAY), with_keys(limited, *SLOW)) as running:
        yield running


def test_a_client_that_asks_too_often_is_told_when_to_come_back_in_openais_form(slow: Serving) -> None:
    client = openai.OpenAI(base_url=f"{slow.url}/v1", api_key=LI, max_retries=0)
    bad = httpx.post(f"{slow.url}/v1/chat/completions", content=b"{", headers={"Authorization": f"Bearer {LI}"})
    assert bad.status_code == 400
    client.chat.completions.create(model="assistant", messages=[{"role": "user", "content": "你好"}])
    with pytest.raises(openai.RateLimitError) as refused:
        client.chat.completions.create(model="assistant", messages=[{"role": "user", "content": "你好"}], stream=True)
    assert 1 <= int(refused.value.response.headers["retry-after"]) <= 30
    assert (refused.value.code, refused.value.type) == ("rate_limit_exceeded", "requests")
    assert set(refused.value.response.json()["error"]) == {"message", "type", "param", "code"}
    # a key that nobody has is still refused as such, and what other keys do costs this one nothing
    with pytest.raises(openai.AuthenticationError):
        client.with_options(api_key="sk-nobody").models.list()
    docs = client.with_options(api_key=DOCS).chat.completions
    for _ in range(3):
        docs.create(model="assistant", messages=[{"role": "user", "content": "How long is the return window?"}])
    with pytest.raises(openai.RateLimitError):
        docs.create(model="assistant", messages=[{"role": "user", "content": "How long is the return window?"}])


def test_drafts_and_calls_by_mcp_are_counted_too(slow: Serving) -> None:
    conversation = slow.run(slow.assistant.open_conversation(slow.run(slow.assistant.principal("C1/李伟")), channel="test"))
    address, staff = f"{slow.url}/v1/conversations/{conversation}/draft", {"Authorization": f"Bearer {STAFF}"}
    assert httpx.post(address, json={}, headers=staff).status_code == 422
    second = httpx.post(address, json={}, headers=staff)
    assert (second.status_code, second.json()["error"]["code"]) == (429, "rate_limited")
    assert 1 <= int(second.headers["retry-after"]) <= 60
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "search_knowledge", "arguments": {"query": "pump"}}}
    headers = {**staff, "Accept": "application/json, text/event-stream"}
    told = httpx.post(f"{slow.url}/mcp", json=call, headers=headers).json()["result"]
    assert (told["isError"], told["structuredContent"]["error"]["code"]) == (True, "rate_limited")

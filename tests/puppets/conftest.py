"""The poisoned company with the hostile puppet behind it, made once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.app import Company, load_company
from assistant.config import Config
from assistant.workspace.company import ModelSpec
from tests.conftest import ROOT
from tests.puppets.campaign import Campaign
from tests.puppets.company import KEY, poisoned, renamed
from tests.puppets.hostile import Hostile
from tests.puppets.world import World


@pytest.fixture(scope="session")
def poisoned_company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    folder = tmp_path_factory.mktemp("poisoned")
    return renamed(load_company(Config(poisoned(ROOT, folder / "workspace"), folder / "state")))


@pytest.fixture(scope="session")
def hostile_world(poisoned_company: Company, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Hostile]]:
    folder = tmp_path_factory.mktemp("hostile")
    key = folder / "key"
    key.write_text(KEY, encoding="utf-8")
    key.chmod(0o600)
    brain = Hostile()
    world = World(poisoned_company, folder / "state", reply=brain, spec=ModelSpec(key_file=str(key)))
    yield world, brain
    world.end()


@pytest.fixture
def campaign(hostile_world: tuple[World, Hostile]) -> Campaign:
    world, brain = hostile_world
    brain.served.clear()
    brain.prompts.clear()
    brain.at = 0
    return Campaign(world, brain)

